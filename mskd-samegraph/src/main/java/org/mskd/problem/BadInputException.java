package org.mskd.problem;

/**
 * Something a user gave (a file, a folder, a parameter) cannot be used. Shown without a stack
 * trace: the message alone names the file or parameter, what is wrong, and what to do next.
 *
 * <p>Texts name a parameter as {@code <maxHeap>}, and one with a value to set as {@code
 * <maxHeap=4g>}. Whoever shows them can replace the latter by what sets it there, such as an option
 * of a command line.
 */
public class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String remedy;

  /**
   * @param problem what is wrong, with the file or element named; a full sentence
   * @param remedy what the user can do about it; a full sentence
   */
  public BadInputException(String problem, String remedy) {
    super(problem + " " + remedy);
    this.problem = problem;
    this.remedy = remedy;
  }

  /** As above, keeping the failure that led here for {@code -e}. */
  public BadInputException(String problem, String remedy, Throwable cause) {
    super(problem + " " + remedy, cause);
    this.problem = problem;
    this.remedy = remedy;
  }

  /** What is wrong. */
  public String problem() {
    return problem;
  }

  /** What to do about it. */
  public String remedy() {
    return remedy;
  }
}
