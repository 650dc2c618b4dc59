package dev.zuido.router.config.ios;

import dev.zuido.router.config.AccessList;
import dev.zuido.router.config.AccessRemark;
import dev.zuido.router.config.AccessRule;
import dev.zuido.router.config.RouterConfigBuilder;

/** {@code ip access-list} and {@code access-list}. */
final class AccessListCommands {
  private static final String SEQUENCE = "<sequence:1-" + AccessRule.LAST_SEQUENCE + ">";

  private AccessListCommands() {}

  static void register(IosGrammar grammar) {
    grammar
        .global
        .opens(
            grammar.extendedList,
            "ip access-list extended <name:word>",
            (config, a) -> open(config, a.text("name"), AccessList.Kind.EXTENDED))
        .opens(
            grammar.standardList,
            "ip access-list standard <name:word>",
            (config, a) -> open(config, a.text("name"), AccessList.Kind.STANDARD))
        .does(
            "no ip access-list {extended|standard} <name:word>",
            (config, a) ->
                IsakmpCommands.require(
                    config.removeAccessList(a.text("name")), "there is no such access list"))
        .does(
            "no access-list <name:1-2699>",
            (config, a) ->
                IsakmpCommands.require(
                    config.removeAccessList(Long.toString(a.number("name"))),
                    "there is no such access list"));
    for (String range : new String[] {"1-99", "1300-1999"}) {
      registerNumbered(grammar, range, AccessList.Kind.STANDARD);
    }
    for (String range : new String[] {"100-199", "2000-2699"}) {
      registerNumbered(grammar, range, AccessList.Kind.EXTENDED);
    }
    registerEntries(grammar.extendedList, "extended-rule");
    registerEntries(grammar.standardList, "standard-rule");
  }

  private static void registerNumbered(IosGrammar grammar, String range, AccessList.Kind kind) {
    String head = "access-list <number:" + range + "> ";
    String rule = kind == AccessList.Kind.STANDARD ? "standard-rule" : "extended-rule";
    grammar
        .global
        .does(head + "<rule:" + rule + ">", (config, a) -> addRule(numbered(config, a, kind), a))
        .does(head + "remark <text:line>", (config, a) -> addRemark(numbered(config, a, kind), a));
  }

  private static void registerEntries(Mode<AccessList.Builder> mode, String ruleType) {
    String rule = "<rule:" + ruleType + ">";
    mode.does("[" + SEQUENCE + "] " + rule, AccessListCommands::addRule)
        .does("[" + SEQUENCE + "] remark <text:line>", AccessListCommands::addRemark)
        .does(
            "no " + SEQUENCE,
            (list, a) ->
                IsakmpCommands.require(
                    list.remove(a.number("sequence")), "there is no entry of this number"))
        .does(
            "no " + rule,
            (list, a) ->
                IsakmpCommands.require(list.removeRule(a.rule("rule")), "there is no such rule"));
  }

  private static AccessList.Builder open(
      RouterConfigBuilder config, String name, AccessList.Kind kind) throws Refusal {
    if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      long number = name.length() > 9 ? 0 : Long.parseLong(name);
      IsakmpCommands.require(
          kind == AccessList.kindOfNumber(number),
          name + " does not number " + kind.iosName() + " access lists");
    }
    try {
      return config.accessList(name, kind);
    } catch (IllegalArgumentException e) {
      throw Refusal.line(String.valueOf(e.getMessage()));
    }
  }

  private static AccessList.Builder numbered(
      RouterConfigBuilder config, Arguments a, AccessList.Kind kind) throws Refusal {
    return open(config, Long.toString(a.number("number")), kind);
  }

  private static long place(AccessList.Builder list, Arguments a) throws Refusal {
    long sequence = a.optionalNumber("sequence").orElse(list.nextSequence());
    IsakmpCommands.require(
        !list.contains(sequence), "there is already an entry " + sequence + " in this list");
    IsakmpCommands.require(
        sequence <= AccessRule.LAST_SEQUENCE, "there is no place behind the last entry");
    return sequence;
  }

  private static void addRule(AccessList.Builder list, Arguments a) throws Refusal {
    list.add(a.rule("rule").withSequence(place(list, a)));
  }

  private static void addRemark(AccessList.Builder list, Arguments a) throws Refusal {
    list.add(new AccessRemark(place(list, a), a.text("text")));
  }
}
