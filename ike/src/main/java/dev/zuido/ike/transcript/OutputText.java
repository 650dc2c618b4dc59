package dev.zuido.ike.transcript;

import dev.zuido.ike.IkeConfig;
import dev.zuido.ike.IkeOutput;
import dev.zuido.ike.SaKeys;
import dev.zuido.ike.WireTrace;
import dev.zuido.ike.crypto.IkeHash;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Outputs as a transcript's words. */
final class OutputText {
  private OutputText() {}

  /** An output; of a datagram the bytes are the last readable ones of a buffer. */
  static String of(IkeOutput output, ByteBuf datagram) {
    if (output instanceof IkeOutput.Transmit transmit) {
      byte[] bytes = new byte[transmit.length()];
      datagram.getBytes(datagram.writerIndex() - bytes.length, bytes);
      return "transmit "
          + transmit.local()
          + " "
          + transmit.remote()
          + " "
          + HexFormat.of().formatHex(bytes);
    }
    if (output instanceof IkeOutput.Compute compute) {
      return "compute " + compute.task().id() + " " + Words.quoted(compute.task().description());
    }
    if (output instanceof IkeOutput.InstallSa install) {
      return "install " + Words.quoted(install.sa().toString()) + " " + digest(install.sa().keys());
    }
    return "event " + Words.quoted(output.toString());
  }

  /** Tells keys that differ, and does not tell the keys. */
  private static String digest(SaKeys keys) {
    byte[] encryption = keys.encryption();
    byte[] integrity = keys.integrity();
    try {
      return HexFormat.of().formatHex(IkeHash.SHA2_256.hash(encryption, integrity));
    } finally {
      Arrays.fill(encryption, (byte) 0);
      Arrays.fill(integrity, (byte) 0);
    }
  }

  /** Tells configurations that differ in more than their secrets. */
  static String fingerprint(IkeConfig config) {
    byte[] text = config.withTrace(WireTrace.NAMES).toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(IkeHash.SHA2_256.hash(text));
  }
}
