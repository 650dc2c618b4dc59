package dev.zuido.router.config.ios;

import org.jspecify.annotations.Nullable;

/**
 * A section that is being read.
 *
 * @param mode the commands that it knows
 * @param target where it is gathered, or null if the line that opens it was refused
 * @param title the canonical text of the line that opens it, empty for the whole
 * @param line the number of that line
 */
record Section<T>(Mode<T> mode, @Nullable T target, String title, int line) {
  static <T> Section<T> refused(Mode<T> mode, int line) {
    return new Section<>(mode, null, "", line);
  }
}
