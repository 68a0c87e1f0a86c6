package org.mskd.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.junit.jupiter.api.Test;
import org.mskd.method.Methods;
import org.mskd.problem.BadInputException;

class HelpTest {
  private static MojoDescriptor goal(String name, Parameter... parameters) throws Exception {
    MojoDescriptor goal = new MojoDescriptor();
    goal.setGoal(name);
    goal.setDescription("Does <code>" + name + "</code> &amp; more.");
    for (Parameter parameter : parameters) {
      goal.addParameter(parameter);
    }
    return goal;
  }

  private static Parameter parameter(String name, boolean editable) {
    Parameter parameter = new Parameter();
    parameter.setName(name);
    parameter.setEditable(editable);
    parameter.setDescription("Holds\n {@literal x} &lt;" + name + "&gt;.");
    return parameter;
  }

  @Test
  void goalsAreListedByNameAndDescribedOneByOne() throws Exception {
    GoalsHelp help =
        new GoalsHelp(
            List.of(goal("run", parameter("seed", true), parameter("project", false)), goal("a")));
    String all = help.all(false);
    assertTrue(all.indexOf("mskd:a") < all.indexOf("mskd:run"), all);
    assertTrue(all.contains("Does run & more."), all);
    assertFalse(all.contains("seed"), all);
    String run = help.of("run");
    assertTrue(run.contains("seed") && run.contains("<seed>."), run);
    assertFalse(run.contains("project"), run);
    assertEquals(
        "There is no goal 'train'. The goals are a, run.",
        assertThrows(BadInputException.class, () -> help.of("train")).getMessage());
  }

  @Test
  void aParameterHasItsPropertyTypeAndDefault() throws Exception {
    Parameter own = parameter("tolerance", true);
    own.setExpression("${mskd.tolerance}");
    String help =
        new GoalsHelp(
                List.of(
                    goal("run", parameter("seed", true), parameter("training", true), own),
                    goal("a")))
            .of("run");
    for (String line :
        List.of(
            "seed (-Dmskd.seed): integer, default 2021",
            "training/learningRate (-Dmskd.learningRate): number, default 3e-4",
            "training/optimizer (-Dmskd.optimizer): adam|sgd, default adam",
            "-Dmskd.tolerance")) {
      assertTrue(help.lines().anyMatch(given -> given.strip().equals(line)), line + ": " + help);
    }
  }

  @Test
  void everyInstalledMethodIsDescribedByItsDeclaration() {
    MethodsHelp help = new MethodsHelp(Methods.installed());
    String all = help.all(true);
    Methods.installed()
        .students()
        .forEach(
            method -> {
              assertTrue(all.contains(method.description()), method.id());
              method
                  .options()
                  .forEach(
                      option -> {
                        assertTrue(all.contains(option.name() + " (default "), option.name());
                        assertTrue(all.contains(option.help()), option.name());
                      });
            });
    assertTrue(all.contains("mskd-no-background"), all);
    assertFalse(help.all(false).contains("exclusionWeight"), all);
    assertTrue(
        help.of("marginal").contains("exclusionWeight (default 1; a number of at least 0)"), all);
    assertThrows(BadInputException.class, () -> help.of("nnunet"));
  }
}
