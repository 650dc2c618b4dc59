package dev.zuido.fuzz.ike;

import dev.zuido.ike.crypto.DhGroup;
import dev.zuido.testkit.ike.Role;
import dev.zuido.testkit.ike.impairment.DatagramImpairment;
import dev.zuido.testkit.ike.impairment.Impairment;
import dev.zuido.testkit.ike.impairment.MessageDraft;
import dev.zuido.testkit.ike.impairment.MessageImpairment;
import dev.zuido.testkit.ike.impairment.MessageImpairment.Stage;
import dev.zuido.testkit.ike.impairment.RawPayload;
import dev.zuido.testkit.ike.impairment.ScriptedPeer;
import dev.zuido.testkit.ike.impairment.Step;
import dev.zuido.testkit.ike.impairment.TwoPeers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Writes the seeds of the corpus: what the messages of a handshake with our own engine hold. {@code
 * fuzz/run seeds} runs it; what fuzzing has found stands beside them under other names.
 */
final class SeedWriter {
  private final Path resources;

  private SeedWriter(Path resources) {
    this.resources = resources;
  }

  public static void main(String[] arguments) {
    SeedWriter writer = new SeedWriter(Path.of(arguments[0]));
    for (Role role : Role.values()) {
      writer.all(role, false);
      writer.all(role, true);
    }
  }

  private void all(Role role, boolean aggressive) {
    TwoPeers scene =
        new TwoPeers(
            7,
            DhGroup.CURVE_25519,
            null,
            aggressive ? TwoPeers::aggressive : UnaryOperator.identity());
    ScriptedPeer peer = aggressive ? EngineFuzzTest.aggressive(scene) : scene.peer();
    int index = 0;
    for (Step step : Step.values()) {
      boolean has =
          role == Role.INITIATOR ? peer.canInitiate(step) : peer.canRespond(step, aggressive);
      if (has) {
        step(scene, peer, role, step, index++, aggressive);
      }
    }
  }

  /** A script is run for each way of looking at its message. */
  private void step(
      TwoPeers scene, ScriptedPeer peer, Role role, Step step, int index, boolean aggressive) {
    // The peer is the one, the engine the other.
    String engine = role == Role.INITIATOR ? "Responder" : "Initiator";
    String method = aggressive ? "aggressive" + engine : engine.toLowerCase(Locale.ROOT);
    run(
        scene,
        peer,
        role,
        step,
        observer(
            Stage.CONTENT,
            draft -> {
              write("EngineFuzzTest", method, step + "-content", index, 3, chain(draft));
              for (int i = 0; i < draft.payloads().size(); i++) {
                RawPayload payload = draft.payloads().get(i);
                write(
                    "IsakmpDecoderFuzzTest",
                    "bodies",
                    step + "-" + i,
                    payload.type(),
                    payload.body().toArray());
              }
            }));
    run(
        scene,
        peer,
        role,
        step,
        observer(
            Stage.HASHED,
            draft -> {
              write("EngineFuzzTest", method, step + "-hashed", index, 4, chain(draft));
              write("IsakmpDecoderFuzzTest", "chains", step.toString(), chain(draft));
            }));
    run(
        scene,
        peer,
        role,
        step,
        new DatagramImpairment(
            "observer",
            "",
            each -> true,
            (datagram, to, random) -> {
              byte[] bytes = datagram.toArray();
              write("IsakmpDecoderFuzzTest", "messages", step.toString(), bytes);
              ByteBuf framed = Unpooled.buffer();
              framed.writeShort(bytes.length).writeByte(1).writeBytes(bytes);
              byte[] sent = new byte[framed.readableBytes()];
              framed.readBytes(sent);
              write("EngineFuzzTest", method, step + "-datagram", index, 1, sent);
              write("EngineFuzzTest", method, step + "-altered", index, 2, new byte[] {0, 40, 1});
              write("EngineFuzzTest", method, step + "-cut", index, 5, new byte[] {0, 60, 0});
              to.send(datagram);
            }));
  }

  private static void run(
      TwoPeers scene, ScriptedPeer peer, Role role, Step step, Impairment observer) {
    if (role == Role.INITIATOR) {
      peer.initiate(step, observer);
    } else {
      scene.initiate();
      peer.respond(step, observer);
    }
    scene.settle();
  }

  private static MessageImpairment observer(Stage stage, Consumer<MessageDraft> look) {
    return new MessageImpairment("observer", "", stage, step -> true, look);
  }

  /** The first payload's type, and the payloads with their generic headers. */
  private static byte[] chain(MessageDraft draft) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<RawPayload> payloads = draft.payloads();
    out.write(payloads.isEmpty() ? 0 : payloads.get(0).type());
    for (int i = 0; i < payloads.size(); i++) {
      RawPayload payload = payloads.get(i);
      out.write(i + 1 < payloads.size() ? payloads.get(i + 1).type() : 0);
      out.write(payload.reserved());
      out.write(payload.lengthField() >> 8);
      out.write(payload.lengthField());
      out.writeBytes(payload.body().toArray());
    }
    return out.toByteArray();
  }

  private void write(String test, String method, String name, int first, int second, byte[] rest) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    out.write(second);
    out.writeBytes(rest);
    write(test, method, name, out.toByteArray());
  }

  private void write(String test, String method, String name, int first, byte[] rest) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    out.writeBytes(rest);
    write(test, method, name, out.toByteArray());
  }

  private void write(String test, String method, String name, byte[] bytes) {
    Path folder = resources.resolve("dev/zuido/fuzz/ike").resolve(test + "Inputs").resolve(method);
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve(name.toLowerCase(Locale.ROOT).replace('_', '-')), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
