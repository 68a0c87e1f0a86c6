package org.mskd.maven.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mskd.problem.BadInputException;

class JvmSettingsTest {
  private static JvmSettings of(String content, String... properties) {
    return JvmSettings.of(Pom.section(content, properties));
  }

  private static String refusal(String content, String... properties) {
    return assertThrows(BadInputException.class, () -> of(content, properties)).getMessage();
  }

  @Test
  void withoutADeclarationThereIsNothing() {
    assertEquals(JvmSettings.NONE, of(""));
  }

  /** Of two values for one option the JVM takes the last: that of the command line. */
  @Test
  void theArgLineComesAfterTheList() {
    String pom =
        "<argLine>-Da=3 '-Db=x y'</argLine><jvmArguments><jvmArgument>-Da=1 2</jvmArgument>"
            + "<jvmArgument>-ea</jvmArgument></jvmArguments>";
    assertEquals(List.of("-Da=1 2", "-ea", "-Da=3", "-Db=x y"), of(pom).arguments());
    assertEquals(List.of("-Da=1 2", "-ea", "-Da=4"), of(pom, "argLine=-Da=4").arguments());
  }

  @Test
  void mapsHaveNamesOfTheUsersChoice() {
    JvmSettings settings =
        of(
            "<environment><OMP_PLACES>{0:4}, {4:4}</OMP_PLACES><my_Key1>x</my_Key1></environment>"
                + "<jdkToolchain><version>21</version><id>build</id></jdkToolchain>");
    assertEquals(Map.of("OMP_PLACES", "{0:4}, {4:4}", "my_Key1", "x"), settings.environment());
    assertEquals(Map.of("version", "21", "id", "build"), settings.toolchain());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <environment>OMP_PLACES=cores</environment> | holds the text 'OMP_PLACES=cores'. Allowed are the elements <NAME>value</NAME>.
          <environment><A/></environment> | <A> in <environment> is empty.
          <environment><A>1</A><A>2</A></environment> | <A> occurs twice in <environment>.
          <environment><A><B>1</B></A></environment> | <A> holds elements.
          <environment><A.B>1</A.B></environment> | <A.B> in <environment> is no name of a variable.
          <environment><A-B>1</A-B></environment> | such as OMP_PLACES
          <environment><OMP_NUM_THREADS>4</OMP_NUM_THREADS></environment> | <OMP_NUM_THREADS> in <environment> is not allowed. Use <threads> or -Dmskd.threads.
          <environment><omp_num_threads>4</omp_num_threads></environment> | Use <threads>
          <environment><GOMP_SPINCOUNT>4</GOMP_SPINCOUNT></environment> | Leave it out
          <environment><JAVA_TOOL_OPTIONS>-ea</JAVA_TOOL_OPTIONS></environment> | Use <jvmArguments> or <argLine>
          <environment><_JAVA_OPTIONS>-ea</_JAVA_OPTIONS></environment> | Use <jvmArguments> or <argLine>
          <environment><JAVA_HOME>/jdk</JAVA_HOME></environment> | Use <jdkToolchain>
          <environment><CLASSPATH>/jar</CLASSPATH></environment> | Declare jars as <dependencies> of the plugin
          <environment><LC_ALL>C</LC_ALL></environment> | Set it for Maven
          <jdkToolchain>21</jdkToolchain> | <jdkToolchain> holds the text '21'.
          <jvmArguments>-ea</jvmArguments> | <jvmArguments> holds the text '-ea'. Allowed are the elements <jvmArgument>.
          <jvmArguments><argument>-ea</argument></jvmArguments> | <argument> in <jvmArguments> is not known.
          <jvmArguments><jvmArgument>-ea</jvmArgument><jvmArgument>g1</jvmArgument></jvmArguments> | <jvmArgument> 2 has the option g1. Options of the JVM begin with -.
          <jvmArguments><jvmArgument>-Xmx2g</jvmArgument></jvmArguments> | <jvmArgument> 1 has the option -Xmx2g. Use <maxHeap> or -Dmskd.maxHeap in place of it.
          <argLine>-ea -XX:MaxHeapSize=2g</argLine> | <argLine> has the option -XX:MaxHeapSize=2g. Use <maxHeap>
          <argLine>-Dorg.bytedeco.javacpp.maxbytes=2g</argLine> | Use <maxOffHeap> or -Dmskd.maxOffHeap
          <argLine>-ea @options</argLine> | <argLine> has the option @options.
          <argLine>-cp my.jar</argLine> | <argLine> has the option -cp. The class path is the plugin's
          <argLine>--class-path=my.jar</argLine> | the option --class-path.
          <argLine>-jar my.jar</argLine> | the option -jar. Leave it out
          <argLine>--add-opens</argLine> | <argLine> ends with --add-opens, without its value.
          """)
  void whatCannotBeIsRefusedByName(String content, String expected) {
    String message = refusal(content);
    assertTrue(message.contains(expected), message);
  }

  @Test
  void aPropertyIsNamedAsAProperty() {
    String message = refusal("", "argLine=-ea one");
    assertTrue(message.contains("-Dmskd.argLine has the option one."), message);
  }

  @Test
  void anOptionsValueMayBeTheNextWord() {
    List<String> options = List.of("--add-opens", "java.base/java.lang=ALL-UNNAMED", "-ea");
    assertEquals(options, of("<argLine>" + String.join(" ", options) + "</argLine>").arguments());
  }

  /** As the JVM splits {@code JAVA_TOOL_OPTIONS}. */
  @Test
  void optionsAreSplitAsTheJvmDoes() {
    assertEquals(List.of(), JvmArguments.split(" \t "));
    assertEquals(List.of("-Xss1m", "-ea"), JvmArguments.split("  -Xss1m\n\t-ea "));
    assertEquals(
        List.of("-Da=x y", "-Db=it's", "-Dc=\\"),
        JvmArguments.split("-Da=\"x y\" \"-Db=it's\" '-Dc='\\"));
    assertEquals(List.of("-Da=open end"), JvmArguments.split("-Da='open end"));
  }
}
