import { testShipping } from "./shipped_logs.ts";

testShipping(9);
