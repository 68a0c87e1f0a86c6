package org.mskd.maven.worker;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.toolchain.Toolchain;
import org.apache.maven.toolchain.ToolchainManager;
import org.apache.maven.toolchain.model.ToolchainModel;
import org.mskd.problem.BadInputException;

/**
 * The JDK of toolchains.xml that runs the worker: the one that {@code <jdkToolchain>} requires, as
 * in Surefire, else that of the build.
 */
public final class WorkerToolchain {
  private static final String JDK = "jdk";

  private final ToolchainManager toolchains;
  private final MavenSession session;

  /** The toolchains of a build. */
  public WorkerToolchain(ToolchainManager toolchains, MavenSession session) {
    this.toolchains = toolchains;
    this.session = session;
  }

  /**
   * The launcher that the worker is started with.
   *
   * @param requirements of {@code <jdkToolchain>}; empty if it is not declared
   * @throws BadInputException if no JDK meets them, or the JDK cannot run a worker
   */
  public String launcher(SortedMap<String, String> requirements) {
    return required(requirements)
        .orElseGet(
            () -> {
              Toolchain build = toolchains.getToolchainFromBuildContext(JDK, session);
              return WorkerJdk.launcher(
                  Optional.ofNullable(build).map(found -> found.findTool("java")));
            });
  }

  /**
   * The launcher of the JDK that {@code <jdkToolchain>} requires; of several the first one.
   *
   * @param requirements empty if it is not declared
   * @return empty if it is not declared
   * @throws BadInputException if no JDK meets them, or the JDK cannot run a worker
   */
  public Optional<String> required(SortedMap<String, String> requirements) {
    if (requirements.isEmpty()) {
      return Optional.empty();
    }
    List<Toolchain> found = toolchains.getToolchains(session, JDK, requirements);
    if (found == null || found.isEmpty()) {
      throw new BadInputException(
          "No JDK of toolchains.xml has the <jdkToolchain> " + text(requirements) + ". " + offers(),
          "Add the JDK to toolchains.xml in the .m2 folder of your home folder (or to the file of"
              + " mvn -t), or change <jdkToolchain>; a version may be a range such as [21,22).");
    }
    String java = found.get(0).findTool("java");
    if (java == null) {
      throw new BadInputException(
          "The JDK of <jdkToolchain> " + text(requirements) + " has no java: " + found.get(0) + ".",
          "Correct its <jdkHome> in toolchains.xml.");
    }
    return Optional.of(WorkerJdk.launcher(Optional.of(java)));
  }

  private String offers() {
    Map<String, List<ToolchainModel>> declared = session.getRequest().getToolchains();
    String offers =
        Optional.ofNullable(declared).map(types -> types.get(JDK)).orElse(List.of()).stream()
            .map(one -> text(provides(one)))
            .collect(Collectors.joining("; "));
    return offers.isEmpty() ? "It declares no JDK." : "It offers: " + offers + ".";
  }

  private static SortedMap<String, String> provides(ToolchainModel toolchain) {
    SortedMap<String, String> values = new TreeMap<>();
    Properties provides = toolchain.getProvides();
    provides.stringPropertyNames().forEach(name -> values.put(name, provides.getProperty(name)));
    return values;
  }

  /** Such as {@code vendor temurin, version 21}. */
  private static String text(SortedMap<String, String> values) {
    return values.entrySet().stream()
        .map(one -> one.getKey() + " " + one.getValue())
        .collect(Collectors.joining(", "));
  }
}
