package dev.zuido.ike;

import dev.zuido.ike.ExchangeManager.Repeat;
import org.jspecify.annotations.Nullable;

/**
 * The last message that an exchange has sent, and when it is sent again: a request until it is
 * answered, an answer when its request comes again.
 */
final class Retransmission {
  /** A copied request cannot have its answer sent for ever. */
  private static final int MAX_REPEATED_ANSWERS = 32;

  private enum Timer {
    REPEAT
  }

  /** Sends a message of the exchange; false if it may not be sent. */
  interface Transmitter {
    boolean transmit(MessageSender.Message message, boolean repeated);
  }

  /** Is told that a request was repeated as often as the policy allows. */
  interface GivenUp {
    void unanswered(long nowNanos);
  }

  private record Sent(MessageSender.Message message, Repeat repeat) {}

  private final EngineContext context;
  private final Transmitter transmitter;
  private final GivenUp givenUp;
  private final Timers<Timer> timers;
  private @Nullable Sent last;
  private int transmissions;
  private int tries;
  private int repeatedAnswers;

  Retransmission(EngineContext context, Transmitter transmitter, GivenUp givenUp) {
    this.context = context;
    this.transmitter = transmitter;
    this.givenUp = givenUp;
    this.tries = context.config.retransmission().tries();
    this.timers = new Timers<>(context.heap, Timer.class, (timer, now) -> repeatRequest(now));
  }

  /** Sends a message, and again as it says. */
  void send(MessageSender.Message message, Repeat repeat, long nowNanos) {
    last = new Sent(message, repeat);
    transmissions = 0;
    transmitter.transmit(message, false);
    if (repeat != Repeat.ON_DUPLICATE) {
      timers.set(Timer.REPEAT, nowNanos + context.config.retransmission().waitNanos(0));
    }
  }

  /** The peer's next message has come: what was sent last has arrived. */
  void answered() {
    timers.clear(Timer.REPEAT);
    last = null;
  }

  /** Requests are not repeated any more; the last answer is kept. */
  void stop() {
    timers.clear(Timer.REPEAT);
  }

  /** There is little hope for an answer: the request is repeated once more at most. */
  void repeatOnceMore() {
    tries = Math.min(tries, transmissions + 1);
  }

  /** Nothing more is sent: when the answer does not come in time, the exchange is over. */
  void repeatNoMore() {
    tries = Math.min(tries, transmissions);
  }

  /** The message that the last one answers has come again. */
  void repeatAnswer() {
    Sent answer = last;
    if (answer != null
        && answer.repeat != Repeat.TIMED
        && repeatedAnswers < MAX_REPEATED_ANSWERS
        && transmitter.transmit(answer.message, true)) {
      repeatedAnswers++;
      context.counters.repeatedAnswers++;
    }
  }

  private void repeatRequest(long nowNanos) {
    Sent request = last;
    if (request == null) {
      return;
    }
    if (transmissions >= tries) {
      givenUp.unanswered(nowNanos);
      return;
    }
    transmissions++;
    context.counters.retransmitted++;
    transmitter.transmit(request.message, true);
    timers.set(Timer.REPEAT, nowNanos + context.config.retransmission().waitNanos(transmissions));
  }
}
