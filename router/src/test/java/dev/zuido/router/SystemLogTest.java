package dev.zuido.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class SystemLogTest {
  private static final class Recorder implements System.Logger {
    private final List<String> lines = new ArrayList<>();

    @Override
    public String getName() {
      return "recorder";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      lines.add(level + " " + message);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
      lines.add(level + " " + format);
    }
  }

  @Test
  void severitiesBecomeLevels() {
    Recorder recorder = new Recorder();
    SystemLog log = new SystemLog(recorder);
    log.accept(new RouterEvent.Log(3, "A", "B", "c"));
    log.accept(new RouterEvent.Log(4, "A", "B", "c"));
    log.accept(new RouterEvent.Log(5, "OSPF", "ADJCHG", "up"));
    log.accept(new RouterEvent.Log(7, "A", "B", "c"));
    log.accept(new RouterEvent.RoutesChanged(List.of(), List.of()));
    assertEquals(
        List.of(
            "ERROR %A-3-B: c",
            "WARNING %A-4-B: c", "INFO %OSPF-5-ADJCHG: up", "DEBUG %A-7-B: c", "DEBUG routes:"),
        recorder.lines);
  }
}
