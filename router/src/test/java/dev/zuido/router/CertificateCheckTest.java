package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.router.config.ConfigReport;
import dev.zuido.router.config.LineOutcome;
import dev.zuido.router.config.LineReport;
import dev.zuido.router.config.ios.IosReader;
import dev.zuido.router.config.ios.ReaderOptions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of a trustpoint that cannot be used, and the lines that name them. */
final class CertificateCheckTest {
  private static final String TEXT =
      """
      crypto isakmp policy 1
       encryption aes
       authentication rsa-sig
       group 14
      crypto pki trustpoint CA
       certificate file a.pem
       key file a-key.pem
       ca file root.pem
      """;

  private record Files(Instant now) implements CertificateFiles {
    @Override
    public byte[] read(String path) throws IOException {
      if (path.startsWith("none")) {
        throw new FileNotFoundException("there is no such file");
      }
      return PemFileTest.file(path);
    }

    @Override
    public InstantSource clock() {
      return () -> now;
    }
  }

  private static ConfigReport report(String text, String now) {
    Files files = new Files(Instant.parse(now));
    return IosReader.read(
        text, ReaderOptions.DEFAULT, config -> CertificateCheck.problems(config, files));
  }

  /** Each refused line with its reason, and each warning that is not about extensions. */
  private static List<String> said(ConfigReport report) {
    List<String> said = new ArrayList<>();
    for (LineReport line : report.lines()) {
      if (line.outcome() instanceof LineOutcome.Refused refused) {
        said.add(line.number() + ": " + refused.reason());
      }
      line.warnings().stream()
          .filter(each -> !each.contains("extension"))
          .forEach(each -> said.add(line.number() + " warning: " + each));
    }
    return said;
  }

  @Test
  void goodFilesAreNotMentioned() {
    assertEquals(List.of(), said(report(TEXT, "2030-01-01T00:00:00Z")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "file a.pem ~ file none.pem ~ 6: certificate file none.pem: there is no such file",
        "a-key.pem ~ none ~ 7: key file none: there is no such file",
        "root.pem ~ none ~ 8: ca file none: there is no such file",
        "file a.pem ~ file a-key.pem ~ 6: certificate file a-key.pem: it has no 'BEGIN"
            + " CERTIFICATE'",
        "a-key.pem ~ a.pem ~ 7: key file a.pem: it has no 'BEGIN PRIVATE KEY'",
        "a-key.pem ~ ec-key.pem ~ 7: key file ec-key.pem: it is no RSA key",
        "a-key.pem ~ a-encrypted-key.pem ~ 7: key file a-encrypted-key.pem: the key is encrypted;"
            + " give it without a pass phrase",
        "a-key.pem ~ other-key.pem ~ 7: the first certificate is not that of the private key",
      })
  void aFileThatCannotBeUsedIsBlamedOnItsLine(String line, String by, String said) {
    ConfigReport report = report(TEXT.replace(line, by), "2030-01-01T00:00:00Z");
    assertEquals(List.of(said), said(report));
    assertNull(report.config());
  }

  @Test
  void everyFileIsLookedAt() {
    String text = TEXT.replace("a-key.pem", "none").replace("a.pem", "none");
    ConfigReport report = report(text.replace("root.pem", "none"), "2030-01-01T00:00:00Z");
    assertEquals(3, said(report).size(), said(report)::toString);
  }

  @Test
  void aCertificateThatIsNotValidNowIsAWarning() {
    List<String> said = said(report(TEXT, "1999-01-01T00:00:00Z"));
    assertEquals(2, said.size(), said::toString);
    assertTrue(said.get(0).startsWith("6 warning: the certificate of CN=a.zuido.test"));
    assertTrue(said.get(1).startsWith("8 warning: the certificate of CN=Root"));
  }

  /** Without a policy for signatures the files are not needed. */
  @Test
  void whatIsNotUsedIsAWarning() {
    String preShared = TEXT.replace("rsa-sig", "pre-share").replace("a-key.pem", "none");
    ConfigReport report = report(preShared, "2030-01-01T00:00:00Z");
    assertEquals(List.of("7 warning: key file none: there is no such file"), said(report));
  }
}
