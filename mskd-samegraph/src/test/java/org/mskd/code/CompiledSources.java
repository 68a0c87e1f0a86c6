package org.mskd.code;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A small program of several classes in package {@code p}, compiled as it is or with changes. */
record CompiledSources(Map<String, String> sources) {
  CompiledSources {
    sources = new TreeMap<>(sources);
  }

  /** The program with a text replaced in one of its classes, in which it must occur once. */
  CompiledSources with(String type, String text, String replacement) {
    String source = sources.get(type);
    assertTrue(
        source.indexOf(text) >= 0 && source.indexOf(text) == source.lastIndexOf(text),
        type + " does not hold this once: " + text);
    Map<String, String> changed = new TreeMap<>(sources);
    changed.put(type, source.replace(text, replacement));
    return new CompiledSources(changed);
  }

  /** Compiles into an empty folder, with {@link ResultNeutral} on the class path. */
  Path compile(Path folder) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("-g", "-d", classes.toString(), "-cp"));
    arguments.add(ClassFiles.sourceOf(ResultNeutral.class).toString());
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = folder.resolve("src").resolve(source.getKey() + ".java");
      Files.createDirectories(file.getParent());
      Files.writeString(file, source.getValue());
      arguments.add(file.toString());
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertTrue(compiler.run(null, null, null, arguments.toArray(String[]::new)) == 0);
    return classes;
  }
}
