package org.mskd.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeIdentityTest {
  /** {@code Entry} calls {@code Middle}, and that {@code Far}; nothing refers to {@code Other}. */
  private static final CompiledSources PROGRAM =
      new CompiledSources(
          Map.of(
              "p/Entry",
              """
              package p;
              import java.util.function.IntSupplier;
              import java.util.function.Supplier;
              public final class Entry extends Base {
                public int run(int value) {
                  // a comment
                  int twice = 2 * value;
                  if (twice < 0) {
                    throw new IllegalArgumentException(
                        "negative: " + (value < -9 ? "very" : "slightly") + p.log.Log.word(value));
                  }
                  p.log.Log.say();
                  IntSupplier sum = () -> twice + Middle.of(twice);
                  Supplier<RuntimeException> failed = () -> new Failed("left alone");
                  for (int i = 0; i < 3; i++) {
                    try {
                      return sum.getAsInt();
                    } catch (ArithmeticException e) {
                      throw failed.get();
                    }
                  }
                  throw refused("too many");
                }
                private static Failed refused(String what) {
                  return new Failed(what.isEmpty() ? "nothing" : "some: " + what);
                }
                @org.mskd.code.ResultNeutral
                public String title() {
                  return "the title";
                }
              }
              """,
              "p/Base",
              "package p; class Base { double weight() { return 0.5; } }",
              "p/Failed",
              """
              package p;
              class Failed extends RuntimeException {
                Failed(String text) { super("Failed: " + text); }
              }
              """,
              "p/Middle",
              "package p; class Middle { static int of(int value) { return Far.of(value) + 1; } }",
              "p/Far",
              """
              package p;
              class Far {
                private static final float SCALE = 3f;
                static int of(int value) { return (int) (SCALE * value); }
              }
              """,
              "p/Other",
              "package p; public class Other { int other() { return 1; } }",
              "p/log/package-info",
              "@org.mskd.code.ResultNeutral package p.log;",
              "p/log/Log",
              """
              package p.log;
              public class Log {
                public static void say() { System.out.println("working"); }
                public static String word(int value) { return "" + value; }
              }
              """));

  @TempDir Path folder;
  private String before;

  @BeforeEach
  void compile() throws IOException {
    before = identity("before", PROGRAM);
  }

  private String identity(String name, CompiledSources program) throws IOException {
    return CodeIdentity.of(List.of(program.compile(folder.resolve(name))), List.of("p.Entry"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p/Entry | a comment | another comment",
        "p/Entry | // a comment | //%n%n",
        "p/Entry | \"negative: \" | \"below zero, \" + value + \": \"",
        "p/Entry | value < -9 ? \"very\" : \"slightly\" | \"hardly\"",
        "p/Entry | p.log.Log.word(value) | Other.class",
        "p/Entry | left alone | given up",
        "p/Entry | \"some: \" + what | what + \" are some\"",
        "p/Entry | the title | The title",
        "p/Failed | Failed:  | It failed:",
        "p/log/Log | working | still working",
        "p/Other | return 1 | return 2",
      })
  void whatChangesNoResultChangesNoIdentity(String type, String text, String replacement)
      throws IOException {
    CompiledSources changed = PROGRAM.with(type, text.strip(), replacement.formatted());
    assertEquals(before, identity("after", changed));
  }

  @Test
  void theNameOfALocalVariableDoesNotCount() throws IOException {
    String source = PROGRAM.sources().get("p/Entry").replace("twice", "doubled");
    CompiledSources changed = PROGRAM.with("p/Entry", PROGRAM.sources().get("p/Entry"), source);
    assertEquals(before, identity("after", changed));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p/Entry | 2 * value | 3 * value",
        "p/Entry | 2 * value | 2 + value",
        "p/Entry | twice < 0 | twice <= 0",
        "p/Entry | twice + Middle.of(twice) | twice - Middle.of(twice)",
        "p/Entry | IllegalArgumentException | IllegalStateException",
        "p/Entry | i < 3 | i < 4",
        "p/Entry | catch (ArithmeticException e) | catch (IllegalStateException e)",
        "p/Entry | extends Base | extends Other",
        "p/Base | 0.5 | 0.25",
        "p/Middle | + 1 | - 1",
        "p/Far | SCALE = 3f | SCALE = 3.0000002f",
        "p/Far | SCALE * value | value / SCALE",
      })
  void anotherAlgorithmHasAnotherIdentity(String type, String text, String replacement)
      throws IOException {
    assertNotEquals(before, identity("after", PROGRAM.with(type, text, replacement)));
  }

  @Test
  void aJarHasTheIdentityOfItsClasses() throws IOException {
    Path classes = PROGRAM.compile(folder.resolve("again"));
    Path jar = folder.resolve("program.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file);
        var all = Files.walk(classes)) {
      for (Path entry : all.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(entry).toString().replace('\\', '/')));
        zip.write(Files.readAllBytes(entry));
      }
    }
    assertEquals(before, CodeIdentity.of(List.of(jar), List.of("p.Entry")));
  }

  @Test
  void anEntryThatIsNotThereIsAnError() throws IOException {
    List<Path> sources = List.of(PROGRAM.compile(folder.resolve("again")));
    assertThrows(
        IllegalArgumentException.class, () -> CodeIdentity.of(sources, List.of("p.Missing")));
  }
}
