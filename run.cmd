@echo off
rem Opens the program (run) or runs one of its commands (run demo); does all the set-up the first time.
setlocal
set "HERE=%~dp0"
set "UV_PROJECT_ENVIRONMENT=%HERE%.venv"
set "VIRTUAL_ENV="
set "PYTHONUTF8=1"
fc /b "%HERE%uv.lock" "%HERE%.venv\prepared-run.lock" >nul 2>nul && goto start
call "%HERE%setup.cmd" run --no-dev --inexact || exit /b 1
:start
"%HERE%.venv\Scripts\python.exe" "%HERE%main.py" %*
exit /b %errorlevel%
