package dev.zuido.checks;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The arrows between the modules and the bans of ARCHITECTURE.md. */
class ArchitectureTest {
  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(location -> !location.contains("/checks/"))
          .importPackages("dev.zuido");

  /** Where protocols live: no socket, thread, clock, executor, static randomness or log. */
  private static final String[] PROTOCOLS = {
    "dev.zuido.wire..",
    "dev.zuido.gre..",
    "dev.zuido.esp..",
    "dev.zuido.ike..",
    "dev.zuido.ospf..",
    "dev.zuido.pppoe.."
  };

  private record Arrow(String module, List<String> mayUse) {}

  private static final List<Arrow> ARROWS =
      List.of(
          new Arrow("wire", List.of()),
          new Arrow("gre", List.of("wire")),
          new Arrow("esp", List.of("wire")),
          new Arrow("ike", List.of("wire")),
          new Arrow("ospf", List.of("wire")),
          new Arrow("pppoe", List.of("wire")),
          new Arrow("tun", List.of("wire")),
          new Arrow("router", List.of("wire", "gre", "esp", "ike", "ospf", "pppoe")),
          new Arrow("host", List.of("wire", "gre", "esp", "ike", "ospf", "pppoe", "router", "tun")),
          new Arrow("testkit", List.of("wire", "gre", "esp", "ike", "ospf", "pppoe")),
          new Arrow(
              "examples",
              List.of(
                  "wire", "gre", "esp", "ike", "ospf", "pppoe", "router", "host", "tun",
                  "testkit")));

  @TestFactory
  Stream<DynamicTest> arrowsGoOneWay() {
    return ARROWS.stream()
        .map(
            arrow -> {
              List<String> forbidden = new ArrayList<>();
              for (Arrow other : ARROWS) {
                if (!other.equals(arrow) && !arrow.mayUse().contains(other.module())) {
                  forbidden.add("dev.zuido." + other.module() + "..");
                }
              }
              ArchRule rule =
                  noClasses()
                      .that()
                      .resideInAPackage("dev.zuido." + arrow.module() + "..")
                      .should()
                      .dependOnClassesThat()
                      .resideInAnyPackage(forbidden.toArray(new String[0]));
              return DynamicTest.dynamicTest(arrow.module(), () -> rule.check(ALL));
            });
  }

  @Test
  void theTestkitsCoreKnowsNoProtocol() {
    noClasses()
        .that()
        .resideInAPackage("dev.zuido.testkit")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.zuido.gre..",
            "dev.zuido.esp..",
            "dev.zuido.ike..",
            "dev.zuido.ospf..",
            "dev.zuido.pppoe..")
        .check(ALL);
  }

  @TestFactory
  Stream<DynamicTest> aProtocolsTestkitKnowsOneProtocol() {
    List<String> protocols = List.of("gre", "esp", "ike", "ospf", "pppoe");
    return protocols.stream()
        .map(
            protocol -> {
              String[] others =
                  protocols.stream()
                      .filter(p -> !p.equals(protocol))
                      .map(p -> "dev.zuido." + p + "..")
                      .toArray(String[]::new);
              return DynamicTest.dynamicTest(
                  protocol,
                  () ->
                      noClasses()
                          .that()
                          .resideInAPackage("dev.zuido.testkit." + protocol + "..")
                          .should()
                          .dependOnClassesThat()
                          .resideInAnyPackage(others)
                          .check(ALL));
            });
  }

  @Test
  void protocolsHaveNoSocketsThreadsOrLogs() {
    noClasses()
        .that()
        .resideInAnyPackage(PROTOCOLS)
        .or()
        .resideInAPackage("dev.zuido.router..")
        .should()
        .dependOnClassesThat(
            nameMatching(
                "java\\.net\\.(.*Socket.*|.*Channel.*|Inet.*)"
                    + "|java\\.nio\\.(channels|file)\\..*"
                    + "|java\\.lang\\.(Thread|ThreadLocal|Process.*|Runtime)"
                    + "|java\\.util\\.(Timer.*|logging\\..*)"
                    + "|java\\.util\\.concurrent\\.(?!atomic\\.).*"))
        .check(ALL);
  }

  @Test
  void protocolsNeverLog() {
    noClasses()
        .that()
        .resideInAnyPackage(PROTOCOLS)
        .should()
        .dependOnClassesThat(nameMatching("java\\.lang\\.System\\$Logger.*"))
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(ALL);
  }

  @Test
  void timeComesFromOutside() {
    noClasses()
        .that(resideOutsidePrograms())
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethodWhere(
            target(nameMatching("now|system.*"))
                .and(target(owner(resideInAnyPackage("java.time..")))))
        .check(ALL);
  }

  @Test
  void randomnessComesFromOutside() {
    noClasses()
        .that(resideOutsidePrograms())
        .should()
        .callConstructor(java.security.SecureRandom.class)
        .orShould()
        .callMethod(java.security.SecureRandom.class, "getInstance", String.class)
        .orShould()
        .callMethod(java.security.SecureRandom.class, "getInstanceStrong")
        .orShould()
        .callConstructor(java.util.Random.class)
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .dependOnClassesThat(nameMatching("java\\.util\\.concurrent\\.ThreadLocalRandom"))
        .check(ALL);
  }

  @Test
  void noProviderIsInstalledForTheWholeProcess() {
    noClasses()
        .should()
        .callMethodWhere(
            target(nameMatching("(add|insert|remove)Provider.*"))
                .and(target(owner(nameMatching("java\\.security\\.Security")))))
        .check(ALL);
  }

  @Test
  void onlyTheOperatingSystemsModuleUsesNativeCode() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.zuido.tun..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.jna..")
        .check(ALL);
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .should()
        .haveNameMatching(".*(Impl|Utils?|Helper)$")
        .orShould()
        .haveNameMatching(".*(?<!Exchange)Manager$")
        .check(ALL);
  }

  @Test
  void everyModuleIsSeen() {
    for (Arrow arrow : ARROWS) {
      String prefix = "dev.zuido." + arrow.module();
      assertTrue(
          ALL.stream().anyMatch(c -> c.getPackageName().startsWith(prefix)),
          "no class of " + arrow.module() + " was checked");
    }
  }

  @Test
  void aRuleCanFail() {
    ArchRule wrong =
        classes().that().resideInAPackage("dev.zuido.wire..").should().resideInAPackage("java..");
    assertThrows(AssertionError.class, () -> wrong.check(ALL));
  }

  private static DescribedPredicate<JavaClass> resideOutsidePrograms() {
    return DescribedPredicate.not(
        resideInAnyPackage("dev.zuido.examples..", "dev.zuido.host..", "dev.zuido.tun.."));
  }
}
