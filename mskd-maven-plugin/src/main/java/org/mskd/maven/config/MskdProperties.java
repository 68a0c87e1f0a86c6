package org.mskd.maven.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.mskd.problem.BadInputException;

/**
 * The properties whose names start with {@code mskd.}. User properties, from the command line or
 * {@code .mvn/maven.config}, override the elements of the POM, which Maven itself would not do.
 * Project properties, from a POM or a profile (also of the settings), are values where there is no
 * element. Other properties of that prefix are allowed, such as {@code mskd.version} for the
 * version of the plugin, unless their name is close to a parameter's.
 */
public final class MskdProperties {
  private final Map<String, String> user;
  private final Map<String, String> project;
  private final List<String> notes;
  private final List<String> warnings;

  private MskdProperties(
      Map<String, String> user,
      Map<String, String> project,
      List<String> notes,
      List<String> warnings) {
    this.user = user;
    this.project = project;
    this.notes = List.copyOf(notes);
    this.warnings = List.copyOf(warnings);
  }

  /**
   * Selects the plugin's properties.
   *
   * @param user the session's user properties
   * @param project the project's properties
   * @param alone whether no other goal runs in this build, which a user property could be meant for
   * @throws BadInputException for a user property that belongs to another goal, or whose name is
   *     close to a parameter's
   */
  public static MskdProperties of(Properties user, Properties project, boolean alone) {
    return of(user, project, Schema.properties(), alone);
  }

  /**
   * As {@link #of(Properties, Properties, boolean)}; those of one goal are allowed too.
   *
   * @param goal such as {@code predict}
   */
  public static MskdProperties ofGoal(
      Properties user, Properties project, String goal, boolean alone) {
    List<String> allowed = new ArrayList<>(Schema.OF_ONE_GOAL.get(goal));
    allowed.addAll(Schema.properties());
    return of(user, project, allowed, alone);
  }

  private static MskdProperties of(
      Properties user, Properties project, List<String> allowed, boolean alone) {
    Map<String, String> ofUser = new TreeMap<>();
    List<String> notes = new ArrayList<>();
    selected(user)
        .forEach(
            (name, text) -> {
              if (allowed.contains(name)) {
                ofUser.put(name, text);
              } else if (alone || Schema.goalsOf(name).isEmpty()) {
                problem(name, Schema.userProperty(name), allowed)
                    .ifPresent(
                        problem -> {
                          throw problem;
                        });
                notes.add(Schema.userProperty(name) + " is no parameter of mskd.");
              }
            });
    Map<String, String> ofProject = new TreeMap<>();
    List<String> warnings = new ArrayList<>();
    selected(project)
        .forEach(
            (name, text) -> {
              if (allowed.contains(name)) {
                ofProject.put(name, text);
              } else if (Schema.goalsOf(name).isEmpty()
                  && !user.containsKey(Schema.PREFIX + name)) {
                problem(name, "<" + Schema.PREFIX + name + "> of the project's properties", allowed)
                    .ifPresent(problem -> warnings.add(problem.getMessage()));
              }
            });
    return new MskdProperties(ofUser, ofProject, notes, warnings);
  }

  /** The texts of all properties of the prefix, by their names without it. */
  private static Map<String, String> selected(Properties all) {
    Map<String, String> texts = new TreeMap<>();
    for (String key : all.stringPropertyNames()) {
      if (key.startsWith(Schema.PREFIX)) {
        texts.put(key.substring(Schema.PREFIX.length()), all.getProperty(key).strip());
      }
    }
    return texts;
  }

  /** The names of the given user properties, without the prefix, sorted. */
  List<String> names() {
    return List.copyOf(user.keySet());
  }

  /** The text of a user property. */
  Optional<String> ofUser(String name) {
    return Optional.ofNullable(user.get(name));
  }

  /** The text of a project property. */
  Optional<String> ofProject(String name) {
    return Optional.ofNullable(project.get(name));
  }

  /** Sentences about user properties that are no parameters. */
  public List<String> notes() {
    return notes;
  }

  /** Sentences about project properties that are no parameters, but have a name close to one. */
  public List<String> warnings() {
    return warnings;
  }

  /** Such as {@code describe, mskd:export and mskd:predict}. */
  private static String listed(List<String> goals) {
    String last = goals.get(goals.size() - 1);
    return goals.size() == 1
        ? last
        : String.join(", mskd:", goals.subList(0, goals.size() - 1)) + " and mskd:" + last;
  }

  /** What is wrong with a property of that name; nothing if it may be the user's own. */
  private static Optional<BadInputException> problem(
      String name, String source, List<String> allowed) {
    List<String> goals = Schema.goalsOf(name);
    if (!goals.isEmpty()) {
      return Optional.of(
          new BadInputException(
              source
                  + (goals.size() == 1
                      ? " belongs to the goal mskd:"
                      : " belongs to the goals mskd:")
                  + listed(goals)
                  + " alone.",
              "Leave it out: other goals use what the POM declares."));
    }
    Optional<Element> holder = Schema.holderOf(name);
    return holder
        .filter(Element::repeated)
        .map(item -> "There can be several <" + item.name() + ">: write it in the POM. ")
        .or(
            () ->
                NearestName.of(name, allowed)
                    .map(nearest -> "Did you mean " + Schema.userProperty(nearest) + "? "))
        .or(() -> holder.map(group -> "<" + name + "> holds elements: write it in the POM. "))
        .map(
            hint ->
                new BadInputException(
                    source + " is not known.",
                    hint + "mvn mskd:help -Ddetail -Dgoal=run lists all parameters."));
  }
}
