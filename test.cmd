@echo off
rem Runs every test (test), some of them (test tests\domain) or the benchmarks (test bench); sets up the first time.
rem Debian's PostgreSQL and real windows on a screen of their own are tested by test.sh.
setlocal
set "HERE=%~dp0"
set "UV_PROJECT_ENVIRONMENT=%HERE%.venv"
set "VIRTUAL_ENV="
set "PYTHONUTF8=1"
if not defined QT_QPA_PLATFORM set "QT_QPA_PLATFORM=offscreen"
fc /b "%HERE%uv.lock" "%HERE%.venv\prepared-test.lock" >nul 2>nul && goto start
call "%HERE%setup.cmd" test || exit /b 1
:start
cd /d "%HERE%"
set "PYTHON=%HERE%.venv\Scripts\python.exe"
if "%~1"=="bench" goto bench
if not "%~1"=="" goto some
"%PYTHON%" -m ruff check . || exit /b 1
"%PYTHON%" -m mypy || exit /b 1
:some
"%PYTHON%" -m pytest %*
exit /b %errorlevel%
:bench
"%PYTHON%" -m tests.benchmarks
exit /b %errorlevel%
