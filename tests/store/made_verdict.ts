/** A normal window of a service `web` of stream `a`. */
export const verdict = {
  ...{
    stream: "a",
    key: "",
    kind: "window" as const,
    service: "web",
    start: 0,
    end: 1,
    lines: 3,
    score: 0.5,
  },
  ...{ threshold: 1, anomalous: false, reasons: [] },
};
