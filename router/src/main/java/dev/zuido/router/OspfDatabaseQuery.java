package dev.zuido.router;

import dev.zuido.ospf.lsa.LsaHeader;
import dev.zuido.ospf.lsa.LsaType;
import dev.zuido.router.show.ShowResult.Problem;
import dev.zuido.wire.Ipv4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the words behind {@code show ip ospf database} ask for.
 *
 * @param type the LS type, or 0 for all
 * @param detail whether the LSAs are shown with what they say
 * @param linkStateId the Link State ID, or null for all
 * @param advertisingRouter the originator, or null for all
 * @param selfOriginated whether only the router's own are asked for
 */
record OspfDatabaseQuery(
    int type,
    boolean detail,
    @Nullable Ipv4Address linkStateId,
    @Nullable Ipv4Address advertisingRouter,
    boolean selfOriginated) {
  private static final Map<String, Integer> TYPES =
      new TreeMap<>(
          Map.of(
              "router", LsaType.ROUTER,
              "network", LsaType.NETWORK,
              "summary", LsaType.SUMMARY_NETWORK,
              "asbr-summary", LsaType.SUMMARY_ASBR,
              "external", LsaType.AS_EXTERNAL,
              "nssa-external", LsaType.NSSA,
              "opaque-link", LsaType.OPAQUE_LINK,
              "opaque-area", LsaType.OPAQUE_AREA,
              "opaque-as", LsaType.OPAQUE_AS));

  /** The whole database, an LSA in a line. */
  static final OspfDatabaseQuery ALL = new OspfDatabaseQuery(0, false, null, null, false);

  /** What words came to. */
  sealed interface Parsed {
    /** A query. */
    record Found(OspfDatabaseQuery query) implements Parsed {}

    /**
     * No query.
     *
     * @param position the index of the word that is not understood
     * @param problem how it fails
     * @param expected what could stand there
     */
    record Failed(int position, Problem problem, List<String> expected) implements Parsed {}
  }

  /** Reads the words behind {@code show ip ospf database}. */
  static Parsed parse(List<String> words) {
    OspfDatabaseQuery query = ALL;
    int at = 0;
    while (at < words.size()) {
      String word = words.get(at).toLowerCase(Locale.ROOT);
      List<String> expected = query.following();
      List<String> meant =
          expected.contains(word)
              ? List.of(word)
              : expected.stream().filter(each -> !word.isEmpty() && each.startsWith(word)).toList();
      Ipv4Address address = address(word);
      if (meant.size() == 1 && meant.get(0).equals("adv-router")) {
        Ipv4Address router = at + 1 < words.size() ? address(words.get(at + 1)) : null;
        if (router == null) {
          boolean missing = at + 1 >= words.size();
          return new Parsed.Failed(
              at + 1, missing ? Problem.INCOMPLETE : Problem.UNKNOWN, List.of("A.B.C.D"));
        }
        query = new OspfDatabaseQuery(query.type, query.detail, query.linkStateId, router, false);
        at++;
      } else if (meant.size() == 1) {
        query = query.with(meant.get(0));
      } else if (address != null && query.type != 0 && query.linkStateId == null) {
        query =
            new OspfDatabaseQuery(
                query.type, query.detail, address, query.advertisingRouter, query.selfOriginated);
      } else {
        return meant.isEmpty()
            ? new Parsed.Failed(at, Problem.UNKNOWN, query.expectations())
            : new Parsed.Failed(at, Problem.AMBIGUOUS, meant);
      }
      at++;
    }
    return new Parsed.Found(query);
  }

  private static @Nullable Ipv4Address address(String word) {
    try {
      return Ipv4Address.parse(word);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private List<String> following() {
    List<String> all = new ArrayList<>();
    if (type == 0 && !selfOriginated && advertisingRouter == null) {
      all.addAll(TYPES.keySet());
    }
    if (!selfOriginated && advertisingRouter == null) {
      all.add("adv-router");
      all.add("self-originate");
    }
    if (!detail) {
      all.add("detail");
    }
    return all.stream().sorted().toList();
  }

  private List<String> expectations() {
    List<String> all = new ArrayList<>(following());
    if (type != 0 && linkStateId == null) {
      all.add("A.B.C.D");
    }
    return all;
  }

  private OspfDatabaseQuery with(String keyword) {
    Integer named = TYPES.get(keyword);
    return switch (keyword) {
      case "detail" ->
          new OspfDatabaseQuery(type, true, linkStateId, advertisingRouter, selfOriginated);
      case "self-originate" -> new OspfDatabaseQuery(type, detail, linkStateId, null, true);
      default ->
          new OspfDatabaseQuery(
              named == null ? type : named, true, linkStateId, advertisingRouter, selfOriginated);
    };
  }

  /** Whether an LSA is among those that are asked for. */
  boolean wants(LsaHeader header, Ipv4Address ownRouterId) {
    Ipv4Address router = selfOriginated ? ownRouterId : advertisingRouter;
    return (type == 0 || type == header.type())
        && (linkStateId == null || linkStateId.equals(header.linkStateId()))
        && (router == null || router.equals(header.advertisingRouter()));
  }
}
