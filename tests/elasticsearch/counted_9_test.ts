import { testCounted } from "./counted_streams.ts";

testCounted(9);
