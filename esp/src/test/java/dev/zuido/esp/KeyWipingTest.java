package dev.zuido.esp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.zuido.wire.PacketBatch;
import java.security.AlgorithmParameters;
import java.security.Key;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The platform's AES-GCM keeps the key that it last encrypted under until it encrypts under another
 * one: closing an SA has to make it do that.
 */
final class KeyWipingTest {
  private record Start(int mode, byte[] key, byte[] nonce) {}

  private final List<Start> starts = new ArrayList<>();
  private final EspCrypto crypto = EspCrypto.of(new Recorder(starts));

  private void assertWiped(int keyLength) {
    Start last = starts.get(starts.size() - 1);
    Start before = starts.get(starts.size() - 2);
    assertEquals(Cipher.ENCRYPT_MODE, last.mode());
    assertArrayEquals(new byte[keyLength], last.key());
    assertFalse(Arrays.equals(before.nonce(), last.nonce()));
    assertFalse(Arrays.equals(before.key(), last.key()), "the packet had a key");
  }

  @Test
  void closingAnSaReplacesTheKeyThatItHasSealedWith() {
    for (EspEncryption encryption :
        List.of(EspEncryption.AES_GCM_16_128, EspEncryption.NULL_AUTH_AES_GMAC_128)) {
      EspSuite suite = EspSuite.combined(encryption);
      SaParameters parameters =
          SaParameters.of(7, EspMode.TUNNEL, suite, Packets.HERE, Packets.THERE);
      OutboundSa out =
          new OutboundSa(parameters, Packets.keys(suite, 1), crypto, Packets.random(2), 0);
      Packets.seal(out, Packets.gre(60));
      out.close();
      assertWiped(16);
    }
  }

  @Test
  void closingAnAhSaReplacesTheKeyThatItHasSignedWith() {
    AhIntegrity integrity = AhIntegrity.AES_256_GMAC;
    AhParameters parameters =
        AhParameters.of(7, EspMode.TUNNEL, integrity, Packets.HERE, Packets.THERE);
    byte[] material = new byte[integrity.keyMaterialLength()];
    Arrays.fill(material, (byte) 3);
    AhOutboundSa out =
        new AhOutboundSa(
            parameters, AhKeys.ofKeyMaterial(integrity, material), crypto, Packets.random(2), 0);
    PacketBatch batch = Packets.batch(Packets.gre(60));
    out.protect(batch);
    assertTrue(batch.passes(0));
    out.close();
    assertWiped(32);
  }

  /** A provider with an AES-GCM that does nothing and notes what it is started with. */
  private static final class Recorder extends Provider {
    private static final long serialVersionUID = 1L;

    Recorder(List<Start> starts) {
      super("Recorder", "1", "notes keys and nonces");
      putService(
          new Service(this, "Cipher", "AES/GCM/NoPadding", "", null, null) {
            @Override
            public Object newInstance(@Nullable Object parameter) {
              return new RecordingCipher(starts);
            }

            @Override
            public boolean supportsParameter(@Nullable Object parameter) {
              return true;
            }
          });
    }
  }

  private static final class RecordingCipher extends CipherSpi {
    private final List<Start> starts;

    RecordingCipher(List<Start> starts) {
      this.starts = starts;
    }

    @Override
    protected void engineSetMode(String mode) {}

    @Override
    protected void engineSetPadding(String padding) {}

    @Override
    protected int engineGetBlockSize() {
      return 16;
    }

    @Override
    protected int engineGetOutputSize(int inputLength) {
      return inputLength + 16;
    }

    @Override
    protected byte @Nullable [] engineGetIV() {
      return null;
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
      return null;
    }

    @Override
    protected void engineInit(int mode, Key key, SecureRandom random) {}

    @Override
    protected void engineInit(int mode, Key key, AlgorithmParameterSpec spec, SecureRandom random) {
      starts.add(new Start(mode, key.getEncoded(), ((GCMParameterSpec) spec).getIV()));
    }

    @Override
    protected void engineInit(
        int mode, Key key, AlgorithmParameters parameters, SecureRandom random) {}

    @Override
    protected void engineUpdateAAD(byte[] bytes, int offset, int length) {}

    @Override
    protected byte[] engineUpdate(byte[] in, int offset, int length) {
      return new byte[length];
    }

    @Override
    protected int engineUpdate(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
      return length;
    }

    @Override
    protected byte[] engineDoFinal(byte[] in, int offset, int length) {
      return new byte[length];
    }

    @Override
    protected int engineDoFinal(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
      return length + 16;
    }
  }
}
