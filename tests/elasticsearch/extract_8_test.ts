import { testExtraction } from "./extractions.ts";

testExtraction(8);
