package dev.zuido.testkit.ike.impairment;

import java.util.List;

/**
 * What a gateway did when a message was impaired.
 *
 * @param impairment what was done to it
 * @param step which message it was
 * @param reached whether the exchanges came to this step
 * @param answer what came back
 * @param said what the gateway said in informational messages from then on, in words
 * @param completed whether the exchanges then came to their end, with the true message if the
 *     impaired one was not answered
 * @param alive whether a plain handshake succeeded afterwards
 */
public record Reaction(
    Impairment impairment,
    Step step,
    boolean reached,
    Answer answer,
    List<String> said,
    boolean completed,
    boolean alive) {
  /** What came back for an impaired message. */
  public enum Answer {
    /** The exchange's next message. */
    NEXT_MESSAGE("answered"),
    /** An informational message. */
    INFORMED("notified"),
    /** Nothing; or nothing is meant to come. */
    SILENCE("silent");

    private final String text;

    Answer(String text) {
      this.text = text;
    }

    /** A word for a table. */
    public String text() {
      return text;
    }
  }

  /** Copies the list. */
  public Reaction {
    said = List.copyOf(said);
  }

  /** The same with the last question answered. */
  Reaction withAlive(boolean answer) {
    return new Reaction(impairment, step, reached, this.answer, said, completed, answer);
  }

  /** One line: the impairment, the step, what came back, how it ended. */
  @Override
  public String toString() {
    return impairment.name()
        + " at "
        + step
        + ": "
        + (reached
            ? answer.text()
                + (said.isEmpty() ? "" : " " + said)
                + (completed ? ", completed" : ", not completed")
            : "not reached")
        + (alive ? ", alive" : ", NO HANDSHAKE AFTERWARDS");
  }
}
