package dev.zuido.testkit.ike.impairment;

/**
 * One way to treat a message badly. {@link ImpairmentCatalogue} lists those that are there; {@link
 * MessageImpairment} and {@link DatagramImpairment} make others.
 */
public sealed interface Impairment permits DatagramImpairment, MessageImpairment {
  /** A name of lower-case words with hyphens, unique in the catalogue. */
  String name();

  /** What it does, as a clause. */
  String description();

  /** Whether it makes sense at a step. */
  boolean appliesTo(Step step);
}
