package org.mskd.method;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.mskd.experiment.Method;
import org.mskd.option.OptionNotAllowed;
import org.mskd.option.OptionValues;
import org.mskd.problem.BadInputException;

/** The training methods on the class path. */
public final class Methods {
  private static final String ID = "[a-z][a-z0-9]*(-[a-z0-9]+)*";

  private final Map<String, TrainingMethod> byId = new TreeMap<>();

  /**
   * @throws BadInputException if two have one id, or an id does not have the form of ids
   */
  Methods(Iterable<TrainingMethod> found) {
    for (TrainingMethod method : found) {
      if (!method.id().matches(ID)) {
        throw new BadInputException(
            "Training method %s has the id '%s'.".formatted(nameOf(method), method.id()),
            "Use lower-case letters, digits and hyphens, beginning with a letter.");
      }
      TrainingMethod other = byId.put(method.id(), method);
      if (other != null) {
        throw new BadInputException(
            "Training methods %s and %s both have the id '%s'."
                .formatted(nameOf(other), nameOf(method), method.id()),
            "Remove one of the two jars.");
      }
    }
  }

  private static String nameOf(TrainingMethod method) {
    return method.getClass().getName();
  }

  /** Those that the class loader of this library finds. */
  public static Methods installed() {
    return Installed.METHODS;
  }

  private static final class Installed {
    static final Methods METHODS =
        new Methods(ServiceLoader.load(TrainingMethod.class, Methods.class.getClassLoader()));
  }

  /** Those that train students, by id. */
  public List<TrainingMethod> students() {
    return byId.values().stream().filter(method -> !method.id().equals(TeacherMethod.ID)).toList();
  }

  /** The method of an id; empty where there is none. */
  public Optional<TrainingMethod> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * The method of an id.
   *
   * @throws BadInputException if there is none
   */
  public TrainingMethod named(String id) {
    return find(id)
        .orElseThrow(
            () ->
                new BadInputException(
                    "There is no training method '" + id + "'.",
                    "Installed are "
                        + students().stream()
                            .map(TrainingMethod::id)
                            .collect(Collectors.joining(", "))
                        + ". The jar of any other method has to be on the class path."));
  }

  /**
   * A declared student with its method.
   *
   * @throws BadInputException if there is no such method or option, or a value is not allowed
   */
  public ConfiguredMethod of(Method declared) {
    TrainingMethod method = named(declared.type());
    try {
      return new ConfiguredMethod(
          declared.name(), method, OptionValues.of(method.options(), declared.options()));
    } catch (OptionNotAllowed e) {
      throw new BadInputException(
          "<%s> of method %s is %s.".formatted(e.option(), declared.name(), e.value()),
          "Allowed is " + e.allowed() + ".",
          e);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          "Method %s has %s.".formatted(declared.name(), e.getMessage()),
          "Its training method %s has the options %s."
              .formatted(method.id(), OptionValues.defaults(method.options()).texts().keySet()),
          e);
    }
  }
}
