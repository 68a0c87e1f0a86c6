package org.mskd.pipeline.stage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.mskd.file.AtomicFile;
import org.mskd.problem.BadInputException;

/** Writes its input's value to a file. */
final class CopyStage implements Stage {
  private final Path output;
  private final String name;
  private final List<String> ran;
  String value;
  boolean broken;
  boolean kept;
  boolean bulky;
  String warning;
  Runnable meanwhile = () -> {};
  final List<String> after = new ArrayList<>();
  final List<String> besides = new ArrayList<>();

  CopyStage(Path output, String name, String value, List<String> ran) {
    this.output = output;
    this.name = name;
    this.value = value;
    this.ran = ran;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String id() {
    return "copy/" + name;
  }

  @Override
  public int steps() {
    return 1;
  }

  @Override
  public StageSpec spec() {
    StageSpec spec = StageSpec.of(id(), "copy").with("value", value);
    for (String other : after) {
      spec = spec.withOutput("copy." + other, "copy/" + other);
    }
    return spec;
  }

  @Override
  public List<Path> outputs() {
    return List.of(folder());
  }

  @Override
  public boolean isKept(SortedMap<String, String> inputs) {
    return kept;
  }

  @Override
  public boolean isBulky() {
    return bulky;
  }

  @Override
  public List<String> byProducts() {
    return List.of("times.txt");
  }

  Path folder() {
    return output.resolve(name);
  }

  Path file() {
    return folder().resolve("value.txt");
  }

  @Override
  public void run(StageWork work) {
    ran.add(name);
    AtomicFile.writeText(work.folder().resolve(name).resolve("value.txt"), value);
    besides.forEach(file -> AtomicFile.writeText(work.folder().resolve(name).resolve(file), value));
    meanwhile.run();
    if (warning != null) {
      work.progress().warn(warning);
    }
    if (broken) {
      throw new BadInputException("Broken.", "Mend it.");
    }
  }
}
