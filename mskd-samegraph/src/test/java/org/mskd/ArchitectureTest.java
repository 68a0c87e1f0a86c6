package org.mskd;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The classes against the table of packages in {@code docs/architecture.md}, which holds the rules.
 * A sub-package is a package of its own.
 */
class ArchitectureTest {
  private static final String ROOT = "org.mskd.";
  private static final String[] TENSORS = {"org.nd4j..", "org.deeplearning4j..", "org.bytedeco.."};

  private static JavaClasses classes;
  private static PackageTable table;

  @BeforeAll
  static void read() throws IOException {
    classes =
        new ClassFileImporter()
            .withImportOption(new DoNotIncludeTests())
            .importPackages("org.mskd");
    table = PackageTable.read();
  }

  @Test
  void tableListsThePackagesThatExist() {
    Set<String> inCode = new TreeSet<>();
    classes.forEach(type -> inCode.add(type.getPackageName().substring(ROOT.length())));
    Set<String> inTable = new TreeSet<>();
    for (PackageTable.Row row : table.rows()) {
      inTable.add(row.name());
      assertEquals(
          Set.of(), unknown(row), "packages that " + row.name() + " may use but lack rows");
    }
    assertEquals(inCode, inTable);
    assertEquals(table.rows().size(), inTable.size(), "a package has two rows");
  }

  private static Set<String> unknown(PackageTable.Row row) {
    Set<String> names = new TreeSet<>(row.mayUse());
    table.rows().forEach(other -> names.remove(other.name()));
    return names;
  }

  @TestFactory
  Stream<DynamicTest> packageUsesOnlyWhatTheTableAllows() {
    return table.rows().stream().map(row -> dynamicTest(row.name(), () -> check(row)));
  }

  private static void check(PackageTable.Row row) {
    String[] allowed =
        Stream.concat(Stream.of(row.name()), row.mayUse().stream())
            .map(ROOT::concat)
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(ROOT + row.name())
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(not(resideInAPackage(ROOT + "."))))
        .check(classes);
    if (!row.tensors()) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + row.name())
          .should()
          .dependOnClassesThat(resideInAnyPackage(TENSORS))
          .check(classes);
    }
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void libraryDoesNotUseMaven() {
    noClasses().should().dependOnClassesThat(resideInAPackage("org.apache.maven..")).check(classes);
  }

  @Test
  void libraryDoesNotDeserialiseJavaObjects() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectInputStream")
        .check(classes);
  }

  @Test
  void tableIsParsed() {
    var parsed =
        PackageTable.parse(
            List.of(
                "Text.",
                "| package | holds | may use | tensors |",
                "|---|---|---|---|",
                "| `a.b` | one, two | `c`, `d.e` | yes |",
                "| `c` | three | | |",
                "",
                "| `x` | another table | | |"));
    assertEquals(
        List.of(
            new PackageTable.Row("a.b", Set.of("c", "d.e"), true),
            new PackageTable.Row("c", Set.of(), false)),
        parsed.rows());
    List<String> prose =
        List.of(
            "| package | holds | may use | tensors |",
            "|---|---|---|---|",
            "| `a` | one | all of the above | |");
    assertThrows(AssertionError.class, () -> PackageTable.parse(prose));
  }
}
