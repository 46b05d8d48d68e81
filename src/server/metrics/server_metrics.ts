/** What `/metrics` says of the server itself. */
import { Counter, Gauge, Histogram, Registry } from "prom-client";

/** Bounds of histograms, seconds: from a kept answer to a cold look at a thousand runs. */
const buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];

export class ServerMetrics {
  readonly #registry = new Registry();
  readonly #requests = new Counter({
    name: "clusterfit_http_requests_total",
    help: "Requests answered, by what was asked for",
    labelNames: ["route", "status"],
    registers: [this.#registry],
  });
  readonly #seconds = new Histogram({
    name: "clusterfit_http_request_seconds",
    help: "Seconds until an answer begins",
    labelNames: ["route"],
    buckets,
    registers: [this.#registry],
  });
  readonly #refreshes = new Histogram({
    name: "clusterfit_index_refresh_seconds",
    help: "Seconds that it takes to bring the index of the runs up to their folders",
    buckets,
    registers: [this.#registry],
  });
  /** Event streams that are open. */
  readonly streams = new Gauge({
    name: "clusterfit_open_streams",
    help: "Event streams that clients have open",
    registers: [this.#registry],
  });

  /** `route`: one of a few, such as "/api/runs/:run", whatever was asked for. */
  answered(route: string, status: number, seconds: number): void {
    this.#requests.inc({ route, status });
    this.#seconds.observe({ route }, seconds);
  }

  refreshed(seconds: number): void {
    this.#refreshes.observe(seconds);
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
