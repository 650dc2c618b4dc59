package dev.zuido.ike;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.ike.message.IsakmpMessage;
import dev.zuido.ike.message.KeyExchange;
import dev.zuido.ike.message.Nonce;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The wire trace of two engines, message by message. */
class WireTraceTest {
  private static List<IkeOutput.MessageTrace> traces(Site site) {
    List<IkeOutput.MessageTrace> traces = new ArrayList<>();
    for (IkeOutput output : site.outputs) {
      if (output instanceof IkeOutput.MessageSent sent) {
        traces.add(sent.message());
      } else if (output instanceof IkeOutput.MessageReceived received) {
        traces.add(received.message());
      }
    }
    return traces;
  }

  private static Pair run(WireTrace trace) {
    Pair pair =
        new Pair(
            5, Site.config(true).withTrace(trace), Site.config(false).withTrace(WireTrace.NAMES));
    pair.a.initiate(0);
    pair.run(Pair.SECOND);
    pair.a.command(new IkeCommand.Terminate("peer", null), pair.now);
    assertEquals(11, traces(pair.a).size());
    return pair;
  }

  @Test
  void nobodyIsToldTheFieldsWhoDidNotAsk() {
    Pair pair = run(WireTrace.NAMES);
    assertTrue(traces(pair.a).stream().allMatch(each -> each.detail().isEmpty()));
    assertEquals(WireTrace.NAMES, IkeConfig.of(List.of()).trace());
  }

  @Test
  void theFieldsOfEachMessageAreToldOnRequest() {
    Pair pair = run(WireTrace.FIELDS);
    List<IkeOutput.MessageTrace> traces = traces(pair.a);
    for (IkeOutput.MessageTrace each : traces) {
      assertTrue(each.detail().get(0).contains(each.length() + " bytes"), each.detail()::toString);
      assertEquals(each.encrypted(), each.detail().get(0).contains(", encrypted,"));
    }
    assertLine(traces.get(0), "    proposal 1: PROTO_ISAKMP, no SPI, 1 transform");
    assertLine(
        traces.get(0),
        "      transform 1: KEY_IKE, Encryption Algorithm 3DES-CBC, Hash Algorithm MD5,"
            + " Group Description 2 (MODP 1024), Authentication Method pre-shared key,"
            + " Life Type seconds, Life Duration 86400");
    assertLine(traces.get(0), "  VID: NAT-T (RFC 3947)");
    assertLine(traces.get(2), "  KE: 128 bytes");
    assertLine(traces.get(3), "  NONCE: 32 bytes");
    assertLine(traces.get(4), "  ID: ID_IPV4_ADDR 100.1.1.1");
    assertLine(traces.get(5), "  ID: ID_IPV4_ADDR 200.1.1.1");
    assertLine(traces.get(6), "  ID: ID_IPV4_ADDR 200.1.1.1, protocol gre, port any");
    assertTrue(
        traces.get(7).detail().stream()
            .anyMatch(line -> line.contains("ESP_3DES, Encapsulation Mode Transport,")),
        traces.get(7).detail()::toString);
    assertTrue(traces.get(9).detail().toString().contains("D: PROTO_IPSEC_ESP, SPI 0x"));
    assertTrue(traces.get(10).detail().toString().contains("D: PROTO_ISAKMP, cookies "));
  }

  private static void assertLine(IkeOutput.MessageTrace trace, String line) {
    assertTrue(trace.detail().contains(line), () -> String.join("\n", trace.detail()));
  }

  /** Neither a key nor what makes one or proves one: looked for in all that is told. */
  @Test
  void noSecretIsInTheTrace() {
    Pair pair = new Pair(6, fields(true), fields(false));
    RecordedSecrets secrets = new RecordedSecrets();
    pair.lose =
        datagram -> {
          secrets.payloads(datagram.bytes());
          return false;
        };
    pair.a.initiate(0);
    pair.run(Pair.SECOND);
    StringBuilder all = new StringBuilder(pair.a.outputs + "" + pair.b.outputs);
    traces(pair.a).forEach(each -> all.append(each.detail()));
    traces(pair.b).forEach(each -> all.append(each.detail()));
    String told = all.toString();
    assertTrue(told.contains("Group Description 2 (MODP 1024)"));
    assertEquals(4, secrets.found.size());
    for (String secret : secrets.found) {
      assertFalse(told.contains(secret.substring(0, 16)));
    }
    for (Site.Installed each : pair.a.installed.values()) {
      for (String key : each.keys().split("/")) {
        assertFalse(told.contains(key));
      }
    }
    assertFalse(told.contains("cisco") || told.contains("636973636f"));
  }

  private static IkeConfig fields(boolean atA) {
    return Site.config(atA).withTrace(WireTrace.FIELDS);
  }

  /** The public values and nonces of the messages in the clear. */
  private static final class RecordedSecrets {
    final List<String> found = new ArrayList<>();

    void payloads(ByteString datagram) {
      try {
        var message = IsakmpMessage.decode(Unpooled.wrappedBuffer(datagram.toArray()));
        message.payload(KeyExchange.class).ifPresent(each -> found.add(each.data().toString()));
        message.payload(Nonce.class).ifPresent(each -> found.add(each.data().toString()));
      } catch (MalformedPacketException e) {
        // An encrypted one.
      }
    }
  }
}
