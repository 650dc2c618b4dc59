package dev.zuido.testkit.ike.impairment.udp;

import dev.zuido.testkit.ike.impairment.DatagramPath;
import dev.zuido.wire.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A path over UDP. Its time is the socket's timeout, which begins anew with each datagram. A forged
 * source is a second socket with another port, or with another local address if there is one.
 */
public final class UdpGateway implements DatagramPath, AutoCloseable {
  private static final int MAX_DATAGRAM = 65_535;
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final InetSocketAddress gateway;
  private final DatagramSocket socket;
  private final DatagramSocket stranger;
  private final Deque<ByteString> early = new ArrayDeque<>();

  /**
   * Opens the sockets.
   *
   * @param gateway where the gateway listens
   * @param local the peer's own address and port
   * @param stranger the address and port of forged datagrams
   * @throws IOException if an address cannot be used
   */
  public UdpGateway(InetSocketAddress gateway, InetSocketAddress local, InetSocketAddress stranger)
      throws IOException {
    this.gateway = gateway;
    this.socket = new DatagramSocket(local);
    try {
      this.stranger = new DatagramSocket(stranger);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public void send(ByteString datagram) {
    send(socket, datagram);
  }

  @Override
  public boolean sendSpoofed(ByteString datagram) {
    send(stranger, datagram);
    return true;
  }

  private void send(DatagramSocket from, ByteString datagram) {
    byte[] bytes = datagram.toArray();
    try {
      from.send(new DatagramPacket(bytes, bytes.length, gateway));
    } catch (IOException e) {
      throw new UncheckedIOException("nothing can be sent to " + gateway, e);
    }
  }

  @Override
  public @Nullable ByteString receive(long waitNanos) {
    return early.isEmpty() ? take(waitNanos) : early.remove();
  }

  private @Nullable ByteString take(long waitNanos) {
    byte[] bytes = new byte[MAX_DATAGRAM];
    DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
    try {
      socket.setSoTimeout((int) Math.max(1, waitNanos / NANOS_PER_MILLI));
      while (true) {
        socket.receive(packet);
        if (packet.getAddress().equals(gateway.getAddress())) {
          return ByteString.of(bytes, 0, packet.getLength());
        }
        packet.setLength(bytes.length);
      }
    } catch (SocketTimeoutException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("nothing can be received from " + gateway, e);
    }
  }

  @Override
  public void pause(long nanos) {
    ByteString datagram = take(nanos);
    while (datagram != null) {
      early.add(datagram);
      datagram = early.size() > 1_000 ? null : take(nanos);
    }
  }

  /** Closes both sockets. */
  @Override
  public void close() {
    socket.close();
    stranger.close();
  }
}
