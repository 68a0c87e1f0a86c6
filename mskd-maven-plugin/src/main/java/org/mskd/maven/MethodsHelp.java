package org.mskd.maven;

import java.util.stream.Collectors;
import org.mskd.method.Methods;
import org.mskd.method.NamedSetting;
import org.mskd.method.TrainingMethod;
import org.mskd.option.Option;

/** Help on the installed training methods. */
final class MethodsHelp {
  private static final String LINE = System.lineSeparator();

  private final Methods methods;

  MethodsHelp(Methods methods) {
    this.methods = methods;
  }

  /**
   * Every method that trains students.
   *
   * @param detail whether options are listed too
   */
  String all(boolean detail) {
    return "Training methods (<method> in <methods>)"
        + LINE
        + methods.students().stream()
            .map(method -> detail ? withOptions(method) : summary(method))
            .collect(Collectors.joining());
  }

  /**
   * One method with its options.
   *
   * @throws org.mskd.problem.BadInputException if it is not installed
   */
  String of(String id) {
    return withOptions(methods.named(id));
  }

  private static String summary(TrainingMethod method) {
    return "  " + method.id() + LINE + "    " + method.description() + LINE;
  }

  private static String withOptions(TrainingMethod method) {
    StringBuilder text = new StringBuilder(summary(method));
    for (Option<?> option : method.options()) {
      text.append("      ").append(option.name()).append(" (default ");
      text.append(option.defaultText()).append("; ").append(option.type().allowed());
      text.append(')').append(LINE).append("        ").append(option.help()).append(LINE);
    }
    if (!method.namedSettings().isEmpty()) {
      text.append("      names of settings: ");
      text.append(
          method.namedSettings().stream()
              .map(NamedSetting::name)
              .collect(Collectors.joining(", ")));
      text.append(LINE);
    }
    return text.toString();
  }
}
