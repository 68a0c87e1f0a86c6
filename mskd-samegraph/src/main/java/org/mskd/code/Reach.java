package org.mskd.code;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.objectweb.asm.Opcodes;

/**
 * The methods that can run when those of some entry classes do, found by rapid type analysis: a
 * call that may be overridden reaches the overriding methods of all classes of which the reached
 * code makes objects. A class named as a constant is reached as a whole, with the types of its
 * fields, as it may be used by reflection.
 */
final class Reach {
  /** Supertypes elsewhere that call back no method but those of {@link #CALLED_BACK}. */
  private static final Set<String> PLAIN =
      Set.of(
          "java/lang/Object",
          "java/lang/Record",
          "java/lang/Enum",
          "java/lang/AutoCloseable",
          "java/io/Closeable",
          "java/lang/Comparable");

  /** Methods that code elsewhere calls on any object. */
  private static final Set<String> CALLED_BACK =
      Set.of(
          "toString()Ljava/lang/String;", "hashCode()I", "equals(Ljava/lang/Object;)Z", "close()V");

  private static final String INITIALISER = "<clinit>()V";
  private static final String COMPARE = "compareTo(";

  private final ClassIndex classes;
  private final SortedMap<String, String> digests = new TreeMap<>();
  private final Deque<MethodCode> next = new ArrayDeque<>();
  private final Set<String> created = new HashSet<>();
  private final Set<String> initialised = new HashSet<>();
  private final Set<String> reflected = new HashSet<>();
  private final Set<String> dispatched = new HashSet<>();
  private final Map<String, Optional<ClassCode>> counted = new HashMap<>();
  private final Map<String, List<Method>> waiting = new HashMap<>();
  private final Set<String> entries;

  /** A method in the class that declares it. */
  private record Method(String type, String member, MethodCode code) {}

  private Reach(ClassIndex classes, List<String> entries) {
    this.classes = classes;
    this.entries = Set.copyOf(entries);
  }

  /**
   * Digests of the reached methods by class, name and descriptor.
   *
   * @param entries internal names of classes of which all methods are reached
   */
  static SortedMap<String, String> of(ClassIndex classes, List<String> entries) {
    Reach reach = new Reach(classes, entries);
    for (String entry : entries) {
      reach.create(entry);
      reach.all(entry);
    }
    while (!reach.next.isEmpty()) {
      reach.next.pop().uses().forEach(reach::use);
    }
    return reach.digests;
  }

  private void use(Use use) {
    switch (use.kind()) {
      case CALL -> call(use.type(), use.member());
      case DISPATCH -> {
        call(use.type(), use.member());
        if (dispatched.add(use.member())) {
          Optional.ofNullable(waiting.remove(use.member()))
              .ifPresent(methods -> methods.forEach(this::add));
        }
      }
      case CREATE -> create(use.type());
      case INITIALISE -> initialise(use.type());
      case REFLECT -> reflect(use.type());
    }
  }

  /** A class whose code counts. */
  private Optional<ClassCode> counted(String type) {
    return counted.computeIfAbsent(
        type,
        name ->
            classes.get(name).filter(code -> entries.contains(name) || !classes.isNeutral(name)));
  }

  /** The method of a class, or the one that it inherits. */
  private void call(String type, String member) {
    Optional<ClassCode> code = counted(type);
    if (code.isEmpty()) {
      return;
    }
    initialise(type);
    MethodCode method = code.get().methods().get(member);
    if (method != null) {
      add(new Method(type, member, method));
    } else if (!member.startsWith("<")) {
      code.get().parents().forEach(parent -> call(parent, member));
    }
  }

  private void add(Method method) {
    String name = method.type() + " " + method.member();
    if (!digests.containsKey(name)) {
      digests.put(name, method.code().digest());
      next.push(method.code());
    }
  }

  private void initialise(String type) {
    Optional<ClassCode> code = counted(type);
    if (code.isPresent() && initialised.add(type)) {
      Optional.ofNullable(code.get().methods().get(INITIALISER))
          .ifPresent(method -> add(new Method(type, INITIALISER, method)));
      code.get().parents().forEach(this::initialise);
    }
  }

  private void create(String type) {
    if (counted(type).isEmpty() || !created.add(type)) {
      return;
    }
    initialise(type);
    inherit(type, isCalledFromElsewhere(type), new HashSet<>());
  }

  /** The methods that may be called on an object: now, or once a call of them is reached. */
  private void inherit(String type, boolean all, Set<String> overridden) {
    Optional<ClassCode> code = counted(type);
    if (code.isPresent()) {
      code.get()
          .methods()
          .forEach(
              (member, method) -> {
                if (isOverridable(member, method) && overridden.add(member)) {
                  callable(new Method(type, member, method), all);
                }
              });
      code.get().parents().forEach(parent -> inherit(parent, all, overridden));
    }
  }

  private void callable(Method method, boolean now) {
    String member = method.member();
    if (now
        || dispatched.contains(member)
        || CALLED_BACK.contains(member)
        || member.startsWith(COMPARE)) {
      add(method);
    } else {
      waiting.computeIfAbsent(member, any -> new ArrayList<>()).add(method);
    }
  }

  private static boolean isOverridable(String member, MethodCode method) {
    int hidden = method.access() & (Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC);
    return hidden == 0 && !member.startsWith("<");
  }

  private boolean isCalledFromElsewhere(String type) {
    return classes
        .get(type)
        .map(code -> code.parents().stream().anyMatch(this::isCalledFromElsewhere))
        .orElse(!PLAIN.contains(type));
  }

  /** All methods, inherited ones included. */
  private void all(String type) {
    Optional<ClassCode> code = counted(type);
    if (code.isPresent()) {
      code.get().methods().forEach((member, method) -> add(new Method(type, member, method)));
      code.get().parents().forEach(this::all);
    }
  }

  private void reflect(String type) {
    Optional<ClassCode> code = counted(type);
    if (code.isPresent() && reflected.add(type)) {
      create(type);
      all(type);
      code.get().fieldTypes().forEach(this::reflect);
    }
  }
}
