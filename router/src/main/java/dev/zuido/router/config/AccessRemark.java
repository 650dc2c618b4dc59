package dev.zuido.router.config;

/**
 * A note in an access list.
 *
 * @param sequence the place in the list
 * @param text the note
 */
public record AccessRemark(long sequence, String text) implements AccessEntry {
  @Override
  public String toString() {
    return "remark " + text;
  }
}
