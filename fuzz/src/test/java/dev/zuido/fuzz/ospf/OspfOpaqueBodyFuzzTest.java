package dev.zuido.fuzz.ospf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.zuido.ospf.lsa.opaque.OpaqueBody;
import dev.zuido.wire.ByteString;
import dev.zuido.wire.MalformedPacketException;

/** What opaque LSAs say: whatever it is, it is shown or refused, and can be announced again. */
class OspfOpaqueBodyFuzzTest {
  /** A body; the first byte is its opaque type. */
  @FuzzTest(maxDuration = "5m")
  void bodies(byte[] bytes) throws MalformedPacketException {
    if (bytes.length == 0) {
      return;
    }
    int opaqueType = bytes[0] & 0xff;
    OpaqueBody body;
    try {
      body = OpaqueBody.decode(opaqueType, ByteString.of(bytes, 1, bytes.length - 1));
    } catch (MalformedPacketException e) {
      assertTrue(e.offset() >= 0, e.getMessage());
      return;
    }
    assertTrue(!body.toString().isEmpty());
    assertEquals(opaqueType, body.opaqueType());
    assertEquals(body, OpaqueBody.decode(opaqueType, body.information()));
  }
}
