package dev.zuido.testkit.ike.impairment;

import dev.zuido.testkit.ike.Role;
import dev.zuido.testkit.ike.impairment.Reaction.Answer;
import dev.zuido.testkit.ike.impairment.Session.Opened;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An IKE peer made for tests: it follows a script (phase 1, quick mode, a probe, deletes) in either
 * role, with one message treated badly, and tells what the gateway did. It has no state beside the
 * script's, never rekeys, does not announce NAT traversal, cannot read fragments, and makes no ESP.
 *
 * <pre>{@code
 * ScriptedPeer peer = new ScriptedPeer(config, path, random);
 * for (Impairment each : ImpairmentCatalogue.all()) {
 *   for (Step step : Step.values()) {
 *     if (peer.canInitiate(step) && each.appliesTo(step)) {
 *       System.out.println(peer.initiate(step, each));
 *     }
 *   }
 * }
 * }</pre>
 */
public final class ScriptedPeer {
  private final ScriptConfig config;
  private final DatagramPath path;
  private final RandomGenerator random;

  /**
   * A peer.
   *
   * @param config how it speaks with the gateway
   * @param path the way to it
   * @param random cookies, nonces, private values; also of what an impairment leaves open
   */
  public ScriptedPeer(ScriptConfig config, DatagramPath path, RandomGenerator random) {
    this.config = config;
    this.path = path;
    this.random = random;
  }

  /** Whether its script as initiator has a step. */
  public boolean canInitiate(Step step) {
    return step.isSentBy(Role.INITIATOR) && isInScript(step, config.aggressive());
  }

  /** Whether its script as responder has a step, if the gateway begins with this mode. */
  public boolean canRespond(Step step, boolean aggressive) {
    return step.isSentBy(Role.RESPONDER) && isInScript(step, aggressive);
  }

  private static boolean isInScript(Step step, boolean aggressive) {
    return switch (step) {
      case MAIN_MODE_1, MAIN_MODE_2, MAIN_MODE_3, MAIN_MODE_4, MAIN_MODE_5, MAIN_MODE_6 ->
          !aggressive;
      case AGGRESSIVE_1, AGGRESSIVE_2, AGGRESSIVE_3 -> aggressive;
      case QUICK_MODE_1, QUICK_MODE_2, QUICK_MODE_3, PROBE, DELETE_CHILD, DELETE_PHASE_ONE -> true;
    };
  }

  /** A plain handshake as initiator, with its deletes at the end; whether it got through. */
  public boolean handshake() {
    return initiate(new Conversation(path, config, random, null, null));
  }

  /**
   * A plain handshake as initiator that leaves its SAs to the gateway; whether it got through. The
   * peer forgets them.
   */
  public boolean establish() {
    return establish(new Conversation(path, config, random, null, null));
  }

  /** The same with one message impaired. */
  public boolean establish(Step step, Impairment impairment) {
    return establish(new Conversation(path, config, random, step, impairment));
  }

  private boolean establish(Conversation conversation) {
    PhaseOneScript phaseOne = new PhaseOneScript(config, conversation, random);
    Session session = phaseOne.initiate();
    if (session == null) {
      return false;
    }
    boolean made = new PhaseTwoScript(config, conversation, session).initiate();
    session.close();
    return made;
  }

  /** Runs the script as initiator with one message impaired, then a plain handshake. */
  public Reaction initiate(Step step, Impairment impairment) {
    Conversation conversation = new Conversation(path, config, random, step, impairment);
    boolean completed = initiate(conversation);
    return reaction(conversation, step, impairment, completed);
  }

  /**
   * Waits for the gateway to begin, and runs the script as responder with one message impaired,
   * then a plain handshake as initiator.
   */
  public Reaction respond(Step step, Impairment impairment) {
    Conversation conversation = new Conversation(path, config, random, step, impairment);
    boolean completed = respond(conversation);
    return reaction(conversation, step, impairment, completed);
  }

  /** Waits for the gateway to begin, and answers as it should be; whether it got through. */
  public boolean respond() {
    return respond(new Conversation(path, config, random, null, null));
  }

  private Reaction reaction(
      Conversation conversation, Step step, Impairment impairment, boolean completed) {
    List<String> said = conversation.said();
    Answer answer = conversation.answer();
    return new Reaction(impairment, step, conversation.isReached(), answer, said, completed, false)
        .withAlive(handshake());
  }

  private boolean initiate(Conversation conversation) {
    PhaseOneScript phaseOne = new PhaseOneScript(config, conversation, random);
    Session session = phaseOne.initiate();
    if (session == null) {
      return false;
    }
    PhaseTwoScript phaseTwo = new PhaseTwoScript(config, conversation, session);
    boolean made =
        phaseTwo.initiate()
            || (config.aggressive()
                && conversation.supposeTaken(session.phaseOne())
                && phaseTwo.initiate());
    return finish(phaseOne, phaseTwo, session, made);
  }

  private boolean respond(Conversation conversation) {
    PhaseOneScript phaseOne = new PhaseOneScript(config, conversation, random);
    Session session = phaseOne.respond();
    if (session == null) {
      return false;
    }
    PhaseTwoScript phaseTwo = new PhaseTwoScript(config, conversation, session);
    @Nullable Opened first =
        phaseOne.isAggressive()
            ? conversation.listen(phaseTwo::first)
            : phaseOne.lastOfMainMode(session, phaseTwo);
    return finish(phaseOne, phaseTwo, session, first != null && phaseTwo.respond(first));
  }

  private static boolean finish(
      PhaseOneScript phaseOne, PhaseTwoScript phaseTwo, Session session, boolean made) {
    boolean completed = made && (!phaseOne.hasDeadPeerDetection() || phaseTwo.probe());
    phaseTwo.end();
    session.close();
    return completed;
  }
}
