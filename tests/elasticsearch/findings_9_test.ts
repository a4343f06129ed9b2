import { testFindings } from "./written_findings.ts";

testFindings(9);
