/**
 * The records of a stream that is scanned: lines, or what workers have counted.
 *
 * @module
 */
import type {
  InputNote,
  JudgedWindows,
  LogClock,
  ParseQuality,
  StoredInput,
  StretchSource,
} from "../../lib/mod.ts";
import type { StreamOutcome } from "./outcome.ts";
import type { SeenSource } from "./seen_sources.ts";

/** What scanning, and making it permanent, need of records. */
export interface ScannedRecords extends StretchSource {
  /** The logs by number, each with the largest time handed out. */
  readonly logs: LogClock[];
  readonly notes: InputNote[];
  /** Records from this time (ms) on are left unread; absent where that can't be asked for. */
  until?: number;
  /** Whether what was handed out last ends a part that is to be made permanent by itself; default: it does not. */
  readonly isDue?: boolean;
  /** Where a later run goes on. */
  positions(): Promise<StoredInput[]>;
  /** Each input, what came from each source, and how well all were understood. */
  seen(): { inputs: StreamOutcome["inputs"]; sources: SeenSource[]; quality: ParseQuality };
  /** Completes what was judged, before it is made permanent. */
  complete?(judged: JudgedWindows[]): Promise<void>;
  /** Tidies up behind what was made permanent. */
  tidy?(): Promise<void>;
  close(): Promise<void>;
}
