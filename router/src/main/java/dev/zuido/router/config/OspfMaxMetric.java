package dev.zuido.router.config;

import java.util.OptionalInt;

/**
 * {@code max-metric router-lsa}: others are asked to send no transit traffic through the router
 * (RFC 6987).
 *
 * @param onStartupSeconds for how long after the start, 5 to 86400; if empty and {@code
 *     onShutdownSeconds} too, always
 * @param onShutdownSeconds for how long before an ordered end, 1 to 100
 * @param includeStub whether links to stub networks get the largest metric too
 * @param summaryMetric the metric of summary-LSAs meanwhile, 1 to 16777215; they stay as they are
 *     if empty
 * @param externalMetric the metric of AS-external-LSAs meanwhile, likewise
 */
public record OspfMaxMetric(
    OptionalInt onStartupSeconds,
    OptionalInt onShutdownSeconds,
    boolean includeStub,
    OptionalInt summaryMetric,
    OptionalInt externalMetric) {
  /** The metric of summaries and external routes where none is given: 0xff0000. */
  public static final int DEFAULT_METRIC = 16_711_680;

  /** The seconds before an end where none are given. */
  public static final int DEFAULT_SHUTDOWN_SECONDS = 5;

  /** Checks the ranges. */
  public OspfMaxMetric {
    onStartupSeconds.ifPresent(value -> Checks.range("a time after the start", value, 5, 86400));
    onShutdownSeconds.ifPresent(value -> Checks.range("a time before the end", value, 1, 100));
    summaryMetric.ifPresent(value -> Checks.range("a metric", value, 1, 0xffffff));
    externalMetric.ifPresent(value -> Checks.range("a metric", value, 1, 0xffffff));
  }

  /** Whether it holds all the time. */
  public boolean always() {
    return onStartupSeconds.isEmpty() && onShutdownSeconds.isEmpty();
  }

  /** The line. */
  @Override
  public String toString() {
    return "max-metric router-lsa"
        + (externalMetric.isPresent() ? " external-lsa " + externalMetric.getAsInt() : "")
        + (includeStub ? " include-stub" : "")
        + (onShutdownSeconds.isPresent() ? " on-shutdown " + onShutdownSeconds.getAsInt() : "")
        + (onStartupSeconds.isPresent() ? " on-startup " + onStartupSeconds.getAsInt() : "")
        + (summaryMetric.isPresent() ? " summary-lsa " + summaryMetric.getAsInt() : "");
  }
}
