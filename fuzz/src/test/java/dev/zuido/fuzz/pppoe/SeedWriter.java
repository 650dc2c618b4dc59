package dev.zuido.fuzz.pppoe;

import dev.zuido.wire.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes the seeds of the corpus: the frames of a client that dials into a concentrator. {@code
 * fuzz/run seeds} runs it; what fuzzing has found stands beside them under other names.
 */
final class SeedWriter {
  private static final int HEADERS = 20;

  private final Path resources;

  private SeedWriter(Path resources) {
    this.resources = resources;
  }

  public static void main(String[] arguments) {
    SeedWriter writer = new SeedWriter(Path.of(arguments[0]));
    FuzzedLine line = new FuzzedLine();
    line.dialIn();
    int number = 0;
    for (ByteString frame : line.seen) {
      writer.frame(String.format("%02d", ++number), frame.toArray());
    }
  }

  private void frame(String name, byte[] frame) {
    byte[] payload = Arrays.copyOfRange(frame, HEADERS, frame.length);
    write("PppoeEngineFuzzTest", "session", name + "-frame", attack(0, frame));
    if (frame[13] == 0x63) {
      write("PppoeDecoderFuzzTest", "packets", name, Arrays.copyOfRange(frame, 14, frame.length));
      byte[] coded = Arrays.copyOfRange(frame, HEADERS - 1, frame.length);
      coded[0] = frame[15];
      write("PppoeDecoderFuzzTest", "tags", name, coded);
      for (int code : new int[] {0, 3, 4}) {
        byte[] toClient = attack(1 | 4 | code << 4, payload);
        write("PppoeEngineFuzzTest", "discovery", name + "-client-" + code, toClient);
      }
      for (int code : new int[] {1, 2, 4}) {
        byte[] toConcentrator = attack(2 | code << 4, payload);
        write("PppoeEngineFuzzTest", "discovery", name + "-concentrator-" + code, toConcentrator);
      }
    } else {
      write("PppoeEngineFuzzTest", "session", name + "-ppp", attack(3, payload));
    }
  }

  private static byte[] attack(int how, byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes.length >> 8);
    out.write(bytes.length);
    out.write(how);
    out.writeBytes(bytes);
    return out.toByteArray();
  }

  private void write(String test, String method, String file, byte[] bytes) {
    Path folder =
        resources.resolve("dev/zuido/fuzz/pppoe").resolve(test + "Inputs").resolve(method);
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(file), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
