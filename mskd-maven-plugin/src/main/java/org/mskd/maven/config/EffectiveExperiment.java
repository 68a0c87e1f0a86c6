package org.mskd.maven.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.mskd.experiment.Experiment;
import org.mskd.experiment.Method;
import org.mskd.maven.config.Declarations.Declaration;
import org.mskd.method.Methods;

/** The effective experiment as text: each value, and where it comes from. */
public final class EffectiveExperiment {
  /** Groups that are no part of an experiment unless they are declared. */
  private static final Set<String> OPTIONAL = Set.of("phantoms", "testSet");

  private static final String HIDDEN = "...";

  private final Section root;
  private final MskdProperties properties;
  private final Optional<Xpp3Dom> declared;
  private final Declarations declarations;
  private final EffectiveDefaults defaults;
  private final List<String> lines = new ArrayList<>();

  private EffectiveExperiment(
      Section root,
      Optional<Xpp3Dom> declared,
      Declarations declarations,
      EffectiveDefaults defaults) {
    this.root = root;
    this.properties = root.properties();
    this.declared = declared;
    this.declarations = declarations;
    this.defaults = defaults;
  }

  /**
   * The lines, one for each value.
   *
   * @param root the configuration that the experiment and the settings were read from
   * @param experiment the experiment
   * @param settings of the worker
   * @param project the module
   * @param pluginKey {@code groupId:artifactId}
   * @param executionId the execution whose configuration it is
   */
  public static List<String> lines(
      Section root,
      Experiment experiment,
      WorkerSettings settings,
      MavenProject project,
      String pluginKey,
      String executionId) {
    EffectiveExperiment effective =
        new EffectiveExperiment(
            root,
            DeclaredPlugin.of(project, pluginKey)
                .flatMap(plugin -> DeclaredPlugin.configuration(plugin, executionId)),
            Declarations.of(project, pluginKey),
            EffectiveDefaults.of(root, experiment, settings));
    for (Element element : Schema.ROOT.children()) {
      effective.add(element);
    }
    experiment.methods().forEach(effective::add);
    return effective.lines;
  }

  /** A student, with the options that are not its method's defaults. */
  private void add(Method student) {
    String options =
        Methods.installed().named(student.type()).options().stream()
            .filter(option -> student.options().containsKey(option.name()))
            .filter(option -> !student.options().get(option.name()).equals(option.defaultText()))
            .map(option -> option.name() + " " + student.options().get(option.name()))
            .collect(Collectors.joining(", "));
    lines.add(
        "student %s: %s%s"
            .formatted(
                student.name(), student.type(), options.isEmpty() ? "" : " with " + options));
  }

  private void add(Element element) {
    boolean left =
        element.name().equals("prediction")
            || OPTIONAL.contains(element.name()) && !root.section(element.name()).declared();
    if (left) {
      return;
    }
    if (element.isValue()) {
      addValue(root, element.name(), element);
    } else if (element.isMap()) {
      declared(element.name()).ifPresent(map -> addTree(element.name(), map));
    } else if (element.children().get(0).repeated()) {
      declared(element.name()).ifPresent(list -> addItems(element.name(), list));
    } else {
      Section group = root.section(element.name());
      for (Element child : element.children()) {
        String path = element.name() + "/" + child.name();
        if (child.isValue() && child.property().isPresent()) {
          addValue(group, path, child);
        } else {
          declared(element.name())
              .map(dom -> dom.getChild(child.name()))
              .ifPresent(dom -> addItems(path, dom));
        }
      }
    }
  }

  private Optional<Xpp3Dom> declared(String name) {
    return declared.map(dom -> dom.getChild(name));
  }

  private void addValue(Section section, String path, Element element) {
    Optional<Value> user =
        section.value(element.name()).filter(v -> v.origin() == Origin.USER_PROPERTY);
    Optional<Xpp3Dom> dom = at(path);
    Optional<String> ofProject = element.property().flatMap(properties::ofProject);
    if (user.isPresent()) {
      add(path, defaults.used(path, user.get().text()), user.get().source());
    } else if (dom.isPresent()) {
      String text = section.value(element.name()).map(Value::text).orElse(dom.get().getValue());
      add(path, defaults.used(path, text), place(dom.get()));
    } else if (ofProject.isPresent()) {
      String property = Schema.PREFIX + element.property().orElseThrow();
      add(
          path,
          defaults.used(path, ofProject.get()),
          declarations
              .profileOf(property)
              .map(profile -> property + " of profile " + profile)
              .orElse(property + " of <properties>"));
    } else {
      addDefault(path, element);
    }
  }

  private void addDefault(String path, Element element) {
    String used = defaults.of(path, element);
    if (!used.isEmpty()) {
      add(path, used, defaults.source(path, element));
    }
  }

  private Optional<Xpp3Dom> at(String path) {
    Optional<Xpp3Dom> found = declared;
    for (String name : path.split("/")) {
      found = found.map(dom -> dom.getChild(name));
    }
    return found;
  }

  /** All values in the items of a list. */
  private void addItems(String path, Xpp3Dom list) {
    int item = 0;
    for (Xpp3Dom child : list.getChildren()) {
      item++;
      addTree(path + "/" + child.getName() + " " + item, child);
    }
  }

  private void addTree(String path, Xpp3Dom node) {
    if (node.getChildCount() == 0) {
      add(path, String.valueOf(node.getValue()), place(node));
    }
    for (Xpp3Dom child : node.getChildren()) {
      addTree(path + "/" + child.getName(), child);
    }
  }

  private String place(Xpp3Dom element) {
    return declarations.of(element).map(Declaration::text).orElse("POM");
  }

  private void add(String path, String value, String source) {
    lines.add("%-36s %-24s (%s)".formatted(path, shown(path, value.strip()), source));
  }

  /** A value without what may be a password. */
  private static String shown(String path, String value) {
    if (path.startsWith("environment/")) {
      return HIDDEN;
    }
    boolean list = path.startsWith("jvmArguments/");
    return list || path.equals("argLine")
        ? (list ? List.of(value) : JvmArguments.split(value))
            .stream().map(JvmArguments::shown).collect(Collectors.joining(" "))
        : value;
  }
}
