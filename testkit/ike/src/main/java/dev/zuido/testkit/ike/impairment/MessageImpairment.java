package dev.zuido.testkit.ike.impairment;

import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * An impairment that needs the keys: it changes a message before it is encoded, so that hash and
 * encryption fit what it has become, unless they are what it impairs.
 *
 * @param name unique in the catalogue
 * @param description what it does, as a clause
 * @param stage when it is applied
 * @param where the steps that it makes sense at
 * @param change changes the draft; it may draw nothing, so that one step gives one message
 */
public record MessageImpairment(
    String name,
    String description,
    Stage stage,
    Predicate<Step> where,
    Consumer<MessageDraft> change)
    implements Impairment {
  /** When a message is changed. */
  public enum Stage {
    /** Before the HASH of phase 2 is computed: the receiver finds the message authentic. */
    CONTENT,
    /** When the HASH payload is there, before encryption. */
    HASHED
  }

  /** One that changes what the HASH of phase 2 covers. */
  static MessageImpairment ofContent(
      String name, String description, Predicate<Step> where, Consumer<MessageDraft> change) {
    return new MessageImpairment(name, description, Stage.CONTENT, where, change);
  }

  /** One that changes the message when its HASH is there. */
  static MessageImpairment ofHashed(
      String name, String description, Predicate<Step> where, Consumer<MessageDraft> change) {
    return new MessageImpairment(name, description, Stage.HASHED, where, change);
  }

  @Override
  public boolean appliesTo(Step step) {
    return where.test(step);
  }
}
