package org.mskd.maven;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.mskd.maven.config.ElementHelp;
import org.mskd.problem.BadInputException;

/** Help on the goals, from the plugin's descriptor. */
final class GoalsHelp {
  private static final String LINE = System.lineSeparator();

  private final List<MojoDescriptor> goals;

  GoalsHelp(List<MojoDescriptor> goals) {
    this.goals = goals.stream().sorted(Comparator.comparing(MojoDescriptor::getGoal)).toList();
  }

  /**
   * Every goal with its description.
   *
   * @param detail whether parameters are listed too
   */
  String all(boolean detail) {
    return "Goals"
        + LINE
        + goals.stream()
            .map(goal -> detail ? withParameters(goal) : summary(goal))
            .collect(Collectors.joining());
  }

  /**
   * One goal with its parameters.
   *
   * @throws BadInputException if there is none of that name
   */
  String of(String name) {
    return goals.stream()
        .filter(goal -> goal.getGoal().equals(name))
        .findFirst()
        .map(GoalsHelp::withParameters)
        .orElseThrow(
            () ->
                new BadInputException(
                    "There is no goal '" + name + "'.",
                    "The goals are "
                        + goals.stream()
                            .map(MojoDescriptor::getGoal)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  private static String summary(MojoDescriptor goal) {
    return "  mskd:" + goal.getGoal() + LINE + "    " + plain(goal.getDescription()) + LINE;
  }

  private static String withParameters(MojoDescriptor goal) {
    StringBuilder text = new StringBuilder(summary(goal));
    for (Parameter parameter : goal.getParameters()) {
      if (parameter.isEditable()) {
        text.append("      ").append(parameter.getName()).append(LINE);
        text.append("        ").append(plain(parameter.getDescription())).append(LINE);
        values(parameter).forEach(line -> text.append("        ").append(line).append(LINE));
      }
    }
    return text.toString();
  }

  /** Element, property, type and default; of a group, those of each of its values. */
  private static List<String> values(Parameter parameter) {
    List<String> lines = ElementHelp.lines(parameter.getName());
    String expression = String.valueOf(parameter.getExpression());
    return lines.isEmpty() && expression.startsWith("${")
        ? List.of("-D" + expression.substring(2, expression.length() - 1))
        : lines;
  }

  /** Descriptions are HTML. */
  private static String plain(String description) {
    return String.valueOf(description)
        .replaceAll("<[^>]*>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
