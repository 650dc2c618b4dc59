package dev.zuido.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The way to ask a running router: a Unix domain socket that only its owner may open.
 *
 * <p>A client sends one line, {@code text} or {@code json} and the words of a show command, or
 * {@code text} and those of a clear command with {@code clear} itself, or {@code text restart}, and
 * gets a line with a status (0, or 2 for words that are not understood), then the answer up to the
 * end of the stream.
 *
 * <pre>
 *   → json crypto isakmp sa
 *   ← 0
 *   ← [{…}]
 * </pre>
 */
public final class ControlSocket implements AutoCloseable {
  /** The clients that are served at once; more wait. */
  public static final int MAX_CLIENTS = 4;

  /** The longest request, in bytes. */
  public static final int MAX_REQUEST = 1_024;

  private static final long ANSWER_SECONDS = 10;
  private static final long REQUEST_SECONDS = 10;

  private final Path path;
  private final ServerSocketChannel server;
  private final Function<Request, CompletableFuture<Answer>> router;
  private final Semaphore places = new Semaphore(MAX_CLIENTS);

  /**
   * What a client asks.
   *
   * @param json whether it wants JSON
   * @param words the words of a show command, or {@code clear} and what is to be cleared
   */
  public record Request(boolean json, List<String> words) {
    /** Copies the list. */
    public Request {
      words = List.copyOf(words);
    }
  }

  /**
   * What it is told.
   *
   * @param status 0, or 2 for words that are not understood
   * @param text the answer, ended by a line's end
   */
  public record Answer(int status, String text) {}

  private ControlSocket(
      Path path, ServerSocketChannel server, Function<Request, CompletableFuture<Answer>> router) {
    this.path = path;
    this.server = server;
    this.router = router;
  }

  /**
   * Makes the socket, with permissions 0600, in place of one that nobody listens at any more.
   *
   * @param router asks the router; the future is completed on the router's thread
   * @throws IOException if it cannot be made, or another router listens there
   */
  static ControlSocket open(Path path, Function<Request, CompletableFuture<Answer>> router)
      throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && !Files.exists(folder)) {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    removeStale(path);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    boolean done = false;
    try {
      bindPrivately(server, path);
      ControlSocket socket = new ControlSocket(path, server, router);
      Thread thread = new Thread(socket::serve, "zuido-control");
      thread.setDaemon(true);
      thread.start();
      done = true;
      return socket;
    } finally {
      if (!done) {
        server.close();
      }
    }
  }

  /**
   * A socket's file is made with the permissions that the process's umask leaves; so it is made in
   * a folder that nobody else can enter, and moved to its place when it is private.
   */
  private static void bindPrivately(ServerSocketChannel server, Path path) throws IOException {
    Path near = path.toAbsolutePath().getParent();
    Path folder = Files.createTempDirectory(near, ".zuido");
    Path hidden = folder.resolve("s");
    try {
      server.bind(UnixDomainSocketAddress.of(hidden));
      Files.setPosixFilePermissions(hidden, PosixFilePermissions.fromString("rw-------"));
      Files.move(hidden, path);
    } finally {
      Files.deleteIfExists(hidden);
      Files.deleteIfExists(folder);
    }
  }

  private static void removeStale(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      throw new IOException("another router listens at " + probe.getRemoteAddress());
    } catch (ConnectException e) {
      Files.delete(path);
    }
  }

  private void serve() {
    while (server.isOpen()) {
      try {
        SocketChannel client = server.accept();
        places.acquireUninterruptibly();
        Thread thread = new Thread(() -> answer(client), "zuido-control-client");
        thread.setDaemon(true);
        thread.start();
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        // A client that is gone before it is served.
      }
    }
  }

  private void answer(SocketChannel client) {
    try (client) {
      // Whoever connects and is silent gives the place back.
      CompletableFuture.delayedExecutor(REQUEST_SECONDS, TimeUnit.SECONDS)
          .execute(() -> closeQuietly(client));
      Request request = read(client);
      Answer answer = router.apply(request).get(ANSWER_SECONDS, TimeUnit.SECONDS);
      write(client, answer);
    } catch (IOException | ExecutionException | TimeoutException e) {
      // The client is gone, or the router is: there is nobody to tell.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      places.release();
    }
  }

  private static void closeQuietly(SocketChannel client) {
    try {
      client.close();
    } catch (IOException e) {
      // It is closed then.
    }
  }

  private static Request read(SocketChannel client) throws IOException {
    InputStream in = Channels.newInputStream(client);
    byte[] line = new byte[MAX_REQUEST];
    int length = 0;
    for (int c; length < MAX_REQUEST && (c = in.read()) >= 0 && c != '\n'; ) {
      line[length++] = (byte) c;
    }
    String[] words = new String(line, 0, length, StandardCharsets.UTF_8).strip().split("\\s+");
    return new Request(
        words[0].equals("json"), Arrays.asList(words).subList(1, Math.max(1, words.length)));
  }

  private static void write(SocketChannel client, Answer answer) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(answer.status() + "\n" + answer.text());
    while (bytes.hasRemaining()) {
      client.write(bytes);
    }
  }

  /**
   * Asks the router that listens at a path.
   *
   * @throws IOException if none does, or the socket may not be opened
   */
  public static Answer ask(Path path, Request request) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      OutputStream out = Channels.newOutputStream(channel);
      String line = (request.json() ? "json " : "text ") + String.join(" ", request.words()) + "\n";
      out.write(line.getBytes(StandardCharsets.UTF_8));
      channel.shutdownOutput();
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
      String status = in.readLine();
      if (status == null || !status.matches("[0-9]{1,3}")) {
        throw new IOException("the router gave no answer");
      }
      StringBuilder text = new StringBuilder();
      char[] part = new char[8_192];
      for (int count; (count = in.read(part)) >= 0; ) {
        text.append(part, 0, count);
      }
      return new Answer(Integer.parseInt(status), text.toString());
    }
  }

  /** Closes the socket and removes its file. */
  @Override
  public void close() {
    try {
      server.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // What is left is replaced at the next start.
    }
  }
}
