package dev.zuido.router;

import dev.zuido.router.config.ConfigProblem;
import dev.zuido.router.config.RouterConfig;
import dev.zuido.router.config.Trustpoint;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the files that the trustpoints of a configuration name can be used. The text says nothing
 * of that, so that {@link RouterConfig#problems} does not tell.
 */
public final class CertificateCheck {
  private CertificateCheck() {}

  /**
   * What is wrong with the files of the trustpoints that have all three.
   *
   * @param files where they are
   * @return a problem for each file that is not there, cannot be read, does not hold what it should
   *     or does not go with the others: errors where RSA signatures are used, else warnings. And a
   *     warning for each certificate that is not valid at the moment
   */
  public static List<ConfigProblem> problems(RouterConfig config, CertificateFiles files) {
    Trustpoints trustpoints = new Trustpoints(files);
    ConfigProblem.Severity severity =
        config.takesSignatures() ? ConfigProblem.Severity.ERROR : ConfigProblem.Severity.WARNING;
    List<ConfigProblem> problems = new ArrayList<>();
    for (Trustpoint point : config.trustpoints()) {
      if (point.isComplete()) {
        problems.addAll(trustpoints.problems(point, severity));
      }
    }
    return problems;
  }
}
