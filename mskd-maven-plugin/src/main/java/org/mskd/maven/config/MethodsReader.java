package org.mskd.maven.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mskd.experiment.Distillation;
import org.mskd.experiment.Method;
import org.mskd.method.Methods;
import org.mskd.method.MskdMethod;
import org.mskd.method.NamedSetting;
import org.mskd.method.TrainingMethod;
import org.mskd.option.Option;
import org.mskd.option.OptionNotAllowed;
import org.mskd.option.OptionValues;
import org.mskd.problem.BadInputException;

/**
 * Reads the students to train, each with a training method and its options. Options start from the
 * values for all students of the method: the properties, and for MS-KD the preset and {@code
 * <distillation>}. A named setting, such as an ablation, starts from the student with the method's
 * own name, if the POM declares one, so that it differs from that student in one setting. A
 * student's own elements override these values. {@code -Dmskd.methods} selects the students to
 * train, and their order.
 */
final class MethodsReader {
  private final Section root;
  private final Distillation preset;
  private final List<TrainingMethod> installed = Methods.installed().students();

  /** Option values of the student with the method's own name, by the method's id. */
  private final Map<String, OptionValues> base = new HashMap<>();

  private MethodsReader(Section root, Distillation preset) {
    this.root = root;
    this.preset = preset;
  }

  /**
   * @param preset the MS-KD loss where its elements are not given
   */
  static List<Method> read(Section root, Distillation preset) {
    MethodsReader reader = new MethodsReader(root, preset);
    Section list = root.section("methods");
    for (TrainingMethod method : reader.installed) {
      reader.base.put(method.id(), reader.base(method, list));
    }
    return reader.methods(list, root.value("methods"));
  }

  private OptionValues base(TrainingMethod method, Section list) {
    OptionValues common = common(method);
    return list.items().stream()
        .filter(item -> item.value("name").filter(n -> n.text().equals(method.id())).isPresent())
        .filter(item -> item.value("type").isEmpty())
        .findFirst()
        .map(item -> item.placed(() -> over(common, method, item)))
        .orElse(common);
  }

  /** The option values for all students of a method. */
  private OptionValues common(TrainingMethod method) {
    OptionValues values = defaults(method);
    for (Option<?> option : method.options()) {
      Optional<Value> given =
          method.id().equals(MskdMethod.ID)
              ? root.section("distillation").value(option.name())
              : root.property(Schema.property(method, option.name()));
      if (given.isPresent()) {
        values = with(values, option, given.get());
      }
    }
    return values;
  }

  private OptionValues defaults(TrainingMethod method) {
    return method.id().equals(MskdMethod.ID)
        ? OptionValues.of(method.options(), MskdMethod.student(preset).options())
        : OptionValues.defaults(method.options());
  }

  private static OptionValues with(OptionValues values, Option<?> option, Value given) {
    try {
      return values.with(option.name(), given.text());
    } catch (OptionNotAllowed e) {
      throw given.notAllowed(e.allowed());
    }
  }

  /** Option values overridden by a student's own elements. */
  private OptionValues over(OptionValues start, TrainingMethod method, Section item) {
    OptionValues values = start;
    for (Option<?> option : method.options()) {
      Optional<Value> given = item.value(option.name());
      if (given.isPresent()) {
        values = with(values, option, given.get());
      }
    }
    for (String other : others(method)) {
      item.value(other)
          .ifPresent(
              given -> {
                throw new BadInputException(
                    "%s is not an option of the training method %s."
                        .formatted(given.source(), method.id()),
                    method.options().isEmpty()
                        ? "Remove it: that method has no options."
                        : "Its options are " + String.join(", ", Schema.optionsOf(method)) + ".");
              });
    }
    return values;
  }

  private List<String> others(TrainingMethod method) {
    List<String> own = Schema.optionsOf(method);
    return installed.stream()
        .flatMap(other -> Schema.optionsOf(other).stream())
        .filter(option -> !own.contains(option))
        .distinct()
        .toList();
  }

  private List<Method> methods(Section list, Optional<Value> names) {
    List<Method> declared =
        list.declared()
            ? list.items().stream().map(item -> item.placed(() -> method(item))).toList()
            : List.of(student(MskdMethod.ID, MskdMethod.ID, base.get(MskdMethod.ID)));
    if (declared.isEmpty()) {
      throw new BadInputException(
          "<methods> is empty.",
          "Add a <method>, or leave it out; with <teachersOnly>true</teachersOnly> no student is"
              + " trained.");
    }
    Method.checkNames(declared);
    List<Method> students = names.map(chosen -> selected(chosen, declared)).orElse(declared);
    EqualStudents.refuse(students, initialModels(list, students));
    return students;
  }

  /** The models that students begin with, by the student's name. */
  private static Map<String, Path> initialModels(Section list, List<Method> students) {
    Map<String, Path> models = new HashMap<>();
    for (Method student : students) {
      InitialModelsReader.ofStudent(list, student)
          .ifPresent(file -> models.put(student.name(), file));
    }
    return models;
  }

  private static Method student(String name, String type, OptionValues values) {
    return new Method(name, type, values.texts());
  }

  private Method method(Section item) {
    String name = item.required("name").text();
    TrainingMethod type = type(name, item.value("type"));
    Optional<NamedSetting> setting =
        item.value("type").isPresent() ? Optional.empty() : settingOf(type, name);
    OptionValues start =
        setting.map(s -> s.change().apply(base.get(type.id()))).orElseGet(() -> common(type));
    OptionValues values = over(start, type, item);
    setting
        .filter(s -> !s.isIn(values))
        .flatMap(s -> item.value(s.option()))
        .ifPresent(
            undoing -> {
              throw new BadInputException(
                  "%s is %s, which contradicts the setting that the name %s stands for."
                      .formatted(undoing.source(), undoing.text(), name),
                  "Leave it out, or choose another name.");
            });
    return student(name, type.id(), values);
  }

  /**
   * The training method: by {@code <type>}, else the method or the setting of that name, else
   * MS-KD.
   */
  private TrainingMethod type(String name, Optional<Value> type) {
    if (type.isPresent()) {
      return installed.stream()
          .filter(method -> method.id().equals(type.get().text()))
          .findFirst()
          .orElseThrow(() -> unknownType(type.get()));
    }
    return installed.stream()
        .filter(method -> method.id().equals(name) || settingOf(method, name).isPresent())
        .findFirst()
        .orElseGet(() -> Methods.installed().named(MskdMethod.ID));
  }

  private BadInputException unknownType(Value type) {
    List<String> ids = installed.stream().map(TrainingMethod::id).toList();
    String hint = NearestName.of(type.text(), ids).map(n -> "Did you mean " + n + "? ").orElse("");
    return new BadInputException(
        type.source() + " is " + type.text() + ", which is not an installed training method.",
        hint
            + "Installed are "
            + String.join(", ", ids)
            + "; declare the jar of any other method among the plugin's <dependencies>.");
  }

  private static Optional<NamedSetting> settingOf(TrainingMethod method, String name) {
    return method.namedSettings().stream().filter(s -> s.name().equals(name)).findFirst();
  }

  private List<Method> selected(Value names, List<Method> declared) {
    Map<String, Method> known = new LinkedHashMap<>();
    declared.forEach(method -> known.put(method.name(), method));
    for (TrainingMethod method : installed) {
      OptionValues values = base.get(method.id());
      known.putIfAbsent(method.id(), student(method.id(), method.id(), values));
      for (NamedSetting setting : method.namedSettings()) {
        known.putIfAbsent(
            setting.name(), student(setting.name(), method.id(), setting.change().apply(values)));
      }
    }
    List<Method> selected = new ArrayList<>();
    for (String name : names.asWords("one or several of " + String.join(", ", known.keySet()))) {
      if (!known.containsKey(name)) {
        throw unknown(names, name, known.keySet());
      }
      if (selected.contains(known.get(name))) {
        throw new BadInputException(names.source() + " names " + name + " twice.", "Name it once.");
      }
      selected.add(known.get(name));
    }
    return selected;
  }

  private static BadInputException unknown(Value names, String name, Collection<String> known) {
    String hint =
        NearestName.of(name, known).map(nearest -> "Did you mean " + nearest + "? ").orElse("");
    return new BadInputException(
        names.source() + " names " + name + ", which is not a method.",
        hint
            + "Known are "
            + String.join(", ", known)
            + "; add others to <methods> as a <method> with a <name>.");
  }
}
