import { testIndexInput } from "./index_inputs.ts";

testIndexInput(8);
