using Ecosystem.Storage.Tests;

// Started by crash tests only: dotnet Ecosystem.Storage.Tests.dll write <store>. Test runners load the assembly instead.
return args is ["write", var where] ? await CrashingWriter.RunAsync(where) : 2;
