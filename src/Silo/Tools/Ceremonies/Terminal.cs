using System.Text;

namespace Jpki.Silo.Tools.Ceremonies;

/// <summary>There is nobody to ask, or the answer was broken off.</summary>
internal sealed class NoAnswerException(string message) : Exception(message);

/// <summary>Questions to the officer who sits at the machine. They go to the standard error, so that the output can be kept in a file.</summary>
internal static class Terminal
{
    private const int Attempts = 3;

    /// <exception cref="NoAnswerException">No terminal.</exception>
    public static string Ask(string question)
    {
        Require();
        Console.Error.Write(question);
        return Console.ReadLine() ?? throw new NoAnswerException("The answer was broken off.");
    }

    /// <summary>Nothing of what is typed is shown, not even its length.</summary>
    /// <param name="twice">A passphrase chosen now: a slip of the finger would lock the store for ever.</param>
    /// <exception cref="NoAnswerException">No terminal, or the two differed each time.</exception>
    public static string AskSecret(string question, bool twice)
    {
        Require();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var typed = ReadHidden(question);
            if (!twice || ReadHidden("Once more: ") == typed)
                return typed;
            Console.Error.WriteLine("The two differ.");
        }

        throw new NoAnswerException("The passphrase was typed differently each time.");
    }

    private static void Require()
    {
        if (Console.IsInputRedirected)
            throw new NoAnswerException("There is no terminal to ask at; give officers and passphrase files as options.");
    }

    private static string ReadHidden(string question)
    {
        Console.Error.Write(question);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else if (key.KeyChar != '\0')
                typed.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
