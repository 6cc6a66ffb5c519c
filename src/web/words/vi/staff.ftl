# Trang dành cho cán bộ
desk-skip = Đến nội dung chính
desk-nav = Các mục làm việc
desk-rounds = Đợt lấy ý kiến
desk-units = Đơn vị
desk-alerts = Ý kiến cần xem ngay
desk-tokens = Mã truy cập API
desk-account = Tài khoản
other-language = English
other-language-code = en
sign-out = Đăng xuất
staff-form-stale = Trang này được mở từ một lần đăng nhập khác nên chưa có gì được lưu. Anh/chị hãy tải lại trang rồi làm lại.
staff-form-elsewhere = Yêu cầu này được gửi từ một trang khác nên chưa có gì được lưu. Anh/chị hãy mở lại trang của hệ thống rồi làm lại.
staff-form-broken = Biểu mẫu gửi lên bị thiếu hoặc sai. Anh/chị hãy quay lại trang trước, tải lại rồi làm lại.
