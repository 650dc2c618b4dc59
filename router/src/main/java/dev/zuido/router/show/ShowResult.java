package dev.zuido.router.show;

import java.util.List;

/** What became of the words of a {@code show} or {@code clear} command. */
public sealed interface ShowResult {
  /**
   * The command was run.
   *
   * @param text its answer, text or JSON, with a line feed at its end
   */
  record Answer(String text) implements ShowResult {}

  /**
   * The words are no command.
   *
   * @param words the words behind {@code show}, or those of a {@code clear} command
   * @param position the index of the first word that is not understood; the number of words if one
   *     more is wanted
   * @param problem how the word at the position fails
   * @param expected what could stand there: the keywords in alphabetical order, or those of them
   *     that an ambiguous word may mean; empty if the command is complete without the word
   */
  record Refused(List<String> words, int position, Problem problem, List<String> expected)
      implements ShowResult {
    /** Copies the lists and checks the position. */
    public Refused {
      words = List.copyOf(words);
      expected = List.copyOf(expected);
      if (position < 0 || position > words.size()) {
        throw new IllegalArgumentException("no position among the words: " + position);
      }
    }

    /** One sentence without a full stop and a line's end, for the user. */
    public String message() {
      String before = String.join(" ", words.subList(0, position));
      boolean clears = !words.isEmpty() && words.get(0).equalsIgnoreCase("clear");
      String whole = clears ? before : before.isEmpty() ? "show" : "show " + before;
      String command = Lines.printable(whole);
      String word = position < words.size() ? Lines.printable(words.get(position)) : "";
      return switch (problem) {
        case UNKNOWN ->
            expected.isEmpty()
                ? "'" + word + "' is too much: '" + command + "' is complete"
                : "'" + word + "' is not understood after '" + command + "': " + expectation();
        case AMBIGUOUS ->
            "'" + word + "' is ambiguous after '" + command + "': " + String.join(", ", expected);
        case INCOMPLETE -> "'" + command + "' is incomplete: " + expectation();
      };
    }

    private String expectation() {
      return (expected.size() == 1 ? "expected " : "expected one of ")
          + String.join(", ", expected);
    }
  }

  /** How a word fails. */
  enum Problem {
    /** The word begins nothing that could stand there. */
    UNKNOWN,
    /** The word begins several that could stand there. */
    AMBIGUOUS,
    /** There is no word where one is wanted. */
    INCOMPLETE
  }
}
