package dev.zuido.tun.firewall;

import dev.zuido.tun.Errno;
import dev.zuido.tun.OperatingSystemException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A table of nftables, in the network namespace of the process. Making the object changes nothing.
 *
 * @param family which packets its chains see
 * @param name its name: a letter, {@code _} or {@code .}, then up to {@value #MAX_NAME_LENGTH}
 *     characters with digits, {@code -} and {@code /} also; no keyword of nft
 */
public record NftablesTable(Family family, String name) {
  /** The longest name, in characters. */
  public static final int MAX_NAME_LENGTH = 200;

  /** The longest text of a table, in characters. */
  public static final int MAX_TEXT_LENGTH = 1 << 20;

  private static final Pattern NAME = Pattern.compile("[A-Za-z_.][A-Za-z0-9_./-]*");

  /** The family of a table: which packets its chains see. */
  public enum Family {
    /** IPv4. */
    IP,
    /** IPv6. */
    IP6,
    /** IPv4 and IPv6. */
    INET,
    /** What arrives at or leaves one interface, before everything else. */
    NETDEV;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Checks the name. */
  public NftablesTable {
    if (name.length() > MAX_NAME_LENGTH || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("nftables takes no table of the name '" + name + "'");
    }
  }

  /**
   * Puts the table there with this text, in place of the one of this family and name if there is
   * any, in one transaction: no packet meets a moment without the rules, and if the text is refused
   * the earlier table stays.
   *
   * @param text what stands between the braces of {@code table ip name { }}: chains, sets and maps
   *     in nft's language, its first line being line 1 of nft's messages
   * @throws OperatingSystemException ENOENT or EACCES if nft is missing or cannot be run, EPERM
   *     without CAP_NET_ADMIN, EINVAL if nft does not understand the text, ETIMEDOUT if it does not
   *     answer, else what the kernel answered: EOPNOTSUPP or ENOENT where it lacks a feature
   */
  public void replace(String text) {
    if (text.length() > MAX_TEXT_LENGTH) {
      throw new IllegalArgumentException("a table has at most " + MAX_TEXT_LENGTH + " characters");
    }
    run("replace", script(text));
  }

  /** Adding first lets the deletion succeed where there is no table yet. */
  String script(String text) {
    return "add table "
        + this
        + "; delete table "
        + this
        + "; table "
        + this
        + " { "
        + text
        + "\n}\n";
  }

  /**
   * Takes the table and all in it away; if it is not there, nothing happens.
   *
   * @throws OperatingSystemException as {@link #replace}
   */
  public void remove() {
    run("remove", "add table " + this + "; delete table " + this + "\n");
  }

  private void run(String verb, String script) {
    NftProgram.Answer answer = NftProgram.run(script);
    if (answer.status() == 0) {
      return;
    }
    Errno error = NftProgram.errorOf(answer.text());
    String advice = advice(error);
    throw new OperatingSystemException(
        verb + " the nftables table " + this,
        error.number(),
        advice + (advice.isEmpty() ? "" : " ") + "nft says: " + answer.text().strip());
  }

  private static String advice(Errno error) {
    return switch (error) {
      case EPERM -> "CAP_NET_ADMIN is needed: run as root.";
      case EOPNOTSUPP, ENOENT, EPROTONOSUPPORT, EAFNOSUPPORT ->
          "The text names what is not there, or the kernel lacks nf_tables or a part of it: modprobe"
              + " nf_tables, or a kernel built with it, is needed.";
      default -> "";
    };
  }

  /** The family and the name, as nft writes them. */
  @Override
  public String toString() {
    return family + " " + name;
  }
}
