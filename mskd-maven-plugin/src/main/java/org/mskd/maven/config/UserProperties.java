package org.mskd.maven.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.mskd.problem.BadInputException;

/**
 * The {@code -Dmskd.*} properties of a session, from the command line or {@code .mvn/maven.config}.
 * They override the POM, which Maven itself would not do.
 */
public final class UserProperties {
  private final Map<String, String> values;

  private UserProperties(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Selects the plugin's properties among those of the session.
   *
   * @throws BadInputException for one that names no element, or belongs to another goal
   */
  public static UserProperties of(Properties session) {
    return of(session, Schema.properties());
  }

  /**
   * As {@link #of(Properties)}; those of one goal are allowed too.
   *
   * @param goal such as {@code predict}
   */
  public static UserProperties ofGoal(Properties session, String goal) {
    List<String> allowed = new ArrayList<>(Schema.OF_ONE_GOAL.get(goal));
    allowed.addAll(Schema.properties());
    return of(session, allowed);
  }

  private static UserProperties of(Properties session, List<String> allowed) {
    Map<String, String> values = new TreeMap<>();
    for (String key : session.stringPropertyNames()) {
      if (key.startsWith(Schema.PREFIX)) {
        String name = key.substring(Schema.PREFIX.length());
        if (!allowed.contains(name)) {
          throw unknown(name, allowed);
        }
        values.put(name, session.getProperty(key).strip());
      }
    }
    return new UserProperties(values);
  }

  /** The names of the given properties, without the prefix, sorted. */
  List<String> names() {
    return List.copyOf(values.keySet());
  }

  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  private static BadInputException unknown(String name, List<String> allowed) {
    List<String> goals = Schema.goalsOf(name);
    if (!goals.isEmpty()) {
      return new BadInputException(
          Schema.userProperty(name)
              + (goals.size() == 1 ? " belongs to the goal mskd:" : " belongs to the goals mskd:")
              + String.join(" and mskd:", goals)
              + " alone.",
          "Leave it out: other goals use what the POM declares.");
    }
    Optional<Element> holder = Schema.holderOf(name);
    String hint =
        holder
            .filter(Element::repeated)
            .map(item -> "There can be several <" + item.name() + ">: write it in the POM. ")
            .or(
                () ->
                    NearestName.of(name, allowed)
                        .map(nearest -> "Did you mean " + Schema.userProperty(nearest) + "? "))
            .or(() -> holder.map(group -> "<" + name + "> holds elements: write it in the POM. "))
            .orElse("");
    return new BadInputException(
        Schema.userProperty(name) + " is not known.",
        hint + "Allowed after " + Schema.PREFIX + " are " + String.join(", ", allowed) + ".");
  }
}
