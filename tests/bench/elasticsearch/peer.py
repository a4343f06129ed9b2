"""Elasticsearch's Python client, for comparison: a job as JSON on standard input, its figures as JSON on standard output.

A job is {"url", "work", "inFlight", "size"}; "work" is one of
  bulk, streaming_bulk, parallel_bulk   documents of the indices source-*, read before the clock starts, go into bench-*
  scan                                  all documents of source-*; several in flight are slices, a thread each
The figures are {"documents", "seconds", "cpu"}: elapsed, and processor time of all threads, from the first request to the last.
"""
import json
import sys
import threading
import time

from elasticsearch import Elasticsearch, helpers


def source(es, size=5000, **options):
    return helpers.scan(es, index="source-*", size=size, **options)


def actions(es):
    """What goes into the other indices: the same documents by the same names."""
    return [
        {"_op_type": "create", "_index": hit["_index"].replace("source-", "bench-"), "_id": hit["_id"], "_source": hit["_source"]}
        for hit in source(es)
    ]


def sent(results):
    """How many were taken; every answer is looked at, as a program that loses nothing does."""
    return sum(1 for taken, _ in results if taken)


def write(es, job, documents):
    work, size = job["work"], job["size"]
    if work == "bulk":
        return helpers.bulk(es, documents, chunk_size=size, stats_only=True)[0]
    if work == "streaming_bulk":
        return sent(helpers.streaming_bulk(es, documents, chunk_size=size))
    return sent(helpers.parallel_bulk(es, documents, chunk_size=size, thread_count=job["inFlight"]))


def read(es, job):
    slices, counts = job["inFlight"], []

    def one(query):
        counts.append(sum(1 for _ in source(es, job["size"], query=query)))

    if slices == 1:
        one(None)
    else:
        queries = [{"slice": {"id": i, "max": slices}, "query": {"match_all": {}}} for i in range(slices)]
        threads = [threading.Thread(target=one, args=[query]) for query in queries]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return sum(counts)


def main():
    job = json.load(sys.stdin)
    es = Elasticsearch(job["url"], request_timeout=120)
    documents = None if job["work"] == "scan" else actions(es)
    began, cpu = time.perf_counter(), time.process_time()
    count = read(es, job) if documents is None else write(es, job, documents)
    figures = {"documents": count, "seconds": time.perf_counter() - began, "cpu": time.process_time() - cpu}
    print(json.dumps(figures))


main()
