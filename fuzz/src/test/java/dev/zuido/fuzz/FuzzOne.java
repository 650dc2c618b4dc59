package dev.zuido.fuzz;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * Runs one target: {@code CLASS METHOD}. Jazzer allows one per process, so {@code fuzz/run} does.
 */
public final class FuzzOne {
  private FuzzOne() {}

  /** The program; it ends with 1 on a finding. */
  public static void main(String[] arguments) {
    Launcher launcher = LauncherFactory.create();
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    launcher.execute(
        LauncherDiscoveryRequestBuilder.request()
            .selectors(
                DiscoverySelectors.selectMethod(arguments[0], arguments[1], byte[].class.getName()))
            .build(),
        summary);
    summary
        .getSummary()
        .printFailuresTo(new PrintWriter(System.out, true, StandardCharsets.UTF_8), 30);
    boolean failed =
        summary.getSummary().getTotalFailureCount() > 0
            || summary.getSummary().getTestsSucceededCount() == 0;
    System.exit(failed ? 1 : 0);
  }
}
