"""Templates by drain3, for comparison: jobs as JSON on standard input, answers as JSON on standard output.

A job is {"path": file of lines, "passes": how often they are read}; an answer is {"ids": cluster of each line,
"templates": text by cluster, "seconds": the smaller of elapsed and processor time, one value a pass}. One configuration for everything: typed masks, similarity .4, depth 4.
"""
import json
import sys
import time

from drain3 import TemplateMiner
from drain3.masking import MaskingInstruction
from drain3.template_miner_config import TemplateMinerConfig


def miner():
    config = TemplateMinerConfig()
    config.drain_sim_th = 0.4
    config.drain_depth = 4
    config.masking_instructions = [
        MaskingInstruction(r"blk_-?\d+", "BLK"),
        MaskingInstruction(r"(?<![\w.])\d{1,3}(\.\d{1,3}){3}(:\d+)?(?![\w.])", "IP"),
        MaskingInstruction(r"(?<!\w)0x[0-9a-fA-F]+(?!\w)", "HEX"),
        MaskingInstruction(r"(?<!\w)[-+]?\d+(?!\w)", "NUM"),
    ]
    return TemplateMiner(config=config)


def answer(job):
    with open(job["path"], encoding="utf-8", errors="replace", newline="\n") as file:
        lines = file.read().split("\n")[:-1]
    drain, ids, seconds = miner(), [], []
    for _ in range(job.get("passes", 1)):
        start, busy = time.perf_counter(), time.process_time()
        ids = [drain.add_log_message(line)["cluster_id"] for line in lines]
        seconds.append(min(time.perf_counter() - start, time.process_time() - busy))
    templates = {cluster.cluster_id: cluster.get_template() for cluster in drain.drain.clusters}
    return {"ids": ids, "templates": templates, "seconds": seconds}


if __name__ == "__main__":
    json.dump([answer(job) for job in json.load(sys.stdin)], sys.stdout)
