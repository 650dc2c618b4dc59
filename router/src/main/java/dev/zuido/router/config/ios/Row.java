package dev.zuido.router.config.ios;

import org.jspecify.annotations.Nullable;

/** What a command does, in a mode whose sections are gathered in a {@code T}. */
sealed interface Row<T> {
  /** A change of what is gathered. */
  @FunctionalInterface
  interface Effect<T> {
    /** Makes the change, or refuses and leaves all as it was. */
    void apply(T target, Arguments arguments) throws Refusal;
  }

  /** The opening of a section. */
  @FunctionalInterface
  interface Opening<T, U> {
    /** Gives where the section is gathered, or refuses. */
    U open(T target, Arguments arguments) throws Refusal;
  }

  /** The command is in effect. */
  record Does<T>(Effect<T> effect) implements Row<T> {}

  /** The command opens a section. */
  record Opens<T, U>(Mode<U> mode, Opening<T, U> opening) implements Row<T> {
    Section<U> open(T target, Arguments arguments, int line) throws Refusal {
      return new Section<>(mode, opening.open(target, arguments), arguments.canonical(), line);
    }
  }

  /** The command is accepted without effect, though the model may keep it. */
  record Inert<T>(String reason, @Nullable Effect<T> effect) implements Row<T> {}

  /** The command is known, and not offered. */
  record Unsupported<T>(String reason) implements Row<T> {}

  /** The command leaves the section. */
  record Leaves<T>() implements Row<T> {}

  /** The command ends the configuration. */
  record Ends<T>() implements Row<T> {}
}
