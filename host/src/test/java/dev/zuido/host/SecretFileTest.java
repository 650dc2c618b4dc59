package dev.zuido.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFileTest {
  @TempDir private Path folder;

  private String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
  }

  private Path existing(String permissions) throws IOException {
    Path file = folder.resolve("run.secret-transcript");
    Files.writeString(file, "before");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return file;
  }

  @Test
  void aNewFileIsTheOwnersAloneBeforeAnythingIsInIt() throws IOException {
    Path file = folder.resolve("run.secret-transcript");
    try (Writer writer = SecretFile.create(file)) {
      assertEquals("rw-------", permissions(file));
      assertEquals(0, Files.size(file));
      writer.write("secret\n");
      writer.flush();
      assertEquals("secret\n", Files.readString(file));
    }
    assertEquals("rw-------", permissions(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------"})
  void aFileOfTheOwnersAloneIsReplaced(String permissions) throws IOException {
    Path file = existing(permissions);
    Path other = folder.resolve("other");
    Files.createLink(other, file);
    SecretFile.create(file).close();
    assertEquals("", Files.readString(file));
    assertEquals("rw-------", permissions(file));
    assertEquals("before", Files.readString(other), "not written through another name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw-r-----", "rw--w----", "rw-----w-", "rwx------"})
  void aFileWithWiderPermissionsIsRefused(String permissions) throws IOException {
    Path file = existing(permissions);
    IOException e = assertThrows(IOException.class, () -> SecretFile.create(file));
    assertTrue(String.valueOf(e.getMessage()).contains(permissions), e.getMessage());
    assertEquals("before", Files.readString(file));
    assertEquals(permissions, permissions(file));
  }

  @Test
  void aLinkIsRefusedWhereverItLeads() throws IOException {
    Path file = existing("rw-------");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("none"));
    for (Path each : new Path[] {link, dangling}) {
      IOException e = assertThrows(IOException.class, () -> SecretFile.create(each));
      assertTrue(String.valueOf(e.getMessage()).contains("symbolic link"), e.getMessage());
    }
    assertEquals("before", Files.readString(file));
    assertTrue(Files.notExists(folder.resolve("none")));
  }

  @Test
  void aFolderIsRefused() {
    IOException e = assertThrows(IOException.class, () -> SecretFile.create(folder));
    assertTrue(String.valueOf(e.getMessage()).contains("no plain file"), e.getMessage());
  }
}
